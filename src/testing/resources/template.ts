/** A path template without the names of its parameters and a slash at its end. */
export function shape(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}').replace(/\/+$/, '');
}

/** Matches the end of a path, with or without a slash behind it; the groups are the parameters, encoded. */
export function templatePattern(path: string, start: '^' | '' = ''): RegExp {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`${start}${shape(path).split('{}').map(literal).join('([^/]+)')}/?$`);
}
