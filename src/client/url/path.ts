import { ConfigurationError } from '../errors/configuration-error.js';

/** A path parameter: an id, or the API's own absolute URL of the resource. */
export type PathValue = string | number;

/** Takes the id from the URL that was given for a parameter; `parent` is the path up to it. */
export type IdFromUrl = (name: string, url: string, parent: string) => string;

/**
 * The path with its parameters filled in.
 * @param servers base URLs whose resource URLs are accepted in place of ids
 * @throws ConfigurationError as `fillPath`
 */
export function pathOf(
  template: string,
  values: readonly PathValue[],
  servers: readonly string[],
): string | Promise<string> {
  if (!values.some(isUrl)) return fillPath(template, values);
  // Apart from the client's core: ids do without.
  return import('./resource-url.js').then(({ idFromUrl }) =>
    fillPath(template, values, (...url) => idFromUrl(...url, servers)),
  );
}

/**
 * The path with its parameters filled in, percent-encoded.
 * @throws ConfigurationError for a value that would make another path of it (empty, `.`, `..`), or a foreign URL
 */
export function fillPath(template: string, values: readonly PathValue[], idFromUrl?: IdFromUrl): string {
  let path = '';
  let index = 0;
  let end = 0;
  for (let start = template.indexOf('{'); start >= 0; start = template.indexOf('{', end)) {
    path += template.slice(end, start);
    end = template.indexOf('}', start) + 1;
    const name = template.slice(start + 1, end - 1);
    const id = idOf(name, values[index], path, idFromUrl);
    // Most ids have nothing to encode, and to find that out costs less.
    path += /^\w+$/.test(id) ? id : encoded(name, id);
    index += 1;
  }
  return path + template.slice(end);
}

function encoded(name: string, id: string): string {
  try {
    return encodeURIComponent(id);
  } catch {
    throw new ConfigurationError(`${name}: holds half of a surrogate pair; pass the resource's id or URL`);
  }
}

function idOf(
  name: string,
  value: PathValue | undefined,
  parent: string,
  idFromUrl: IdFromUrl | undefined,
): string {
  const text = typeof value === 'string' || Number.isFinite(value) ? String(value) : '';
  const id = idFromUrl && isUrl(text) ? idFromUrl(name, text, parent) : text;
  // A URL parser would take these segments away, and call another operation.
  if (id === '' || id === '.' || id === '..') {
    const what = typeof value === 'object' && value ? 'an object' : `'${value}'`;
    throw new ConfigurationError(`${name}: ${what} is not an id; pass the resource's id or URL as text`);
  }
  return id;
}

function isUrl(value: unknown): boolean {
  return typeof value === 'string' && value.includes('/') && /^https?:\/\//i.test(value);
}
