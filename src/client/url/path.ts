import { ConfigurationError } from '../errors/configuration-error.js';
import { idFromUrl } from './resource-url.js';

/** A path parameter: an id, or the API's own absolute URL of the resource. */
export type PathValue = string | number;

/**
 * The template with its `{…}` filled in, percent-encoded.
 * @param servers base URLs whose resource URLs are accepted in place of ids
 * @throws ConfigurationError for a value that would make another path of it (empty, `.`, `..`), or a foreign URL
 */
export function fillPath(
  template: string,
  values: Readonly<Record<string, unknown>>,
  servers: readonly string[],
): string {
  let path = '';
  for (const [index, piece] of template.split(/[{}]/).entries())
    path += index % 2 === 0 ? piece : encoded(piece, idOf(piece, values[piece], path, servers));
  if (!keepsSegments(path))
    throw new ConfigurationError(`path: '${path}' leads to another path: leave out dots and #`);
  return path;
}

function encoded(name: string, id: string): string {
  try {
    return encodeURIComponent(id);
  } catch {
    throw new ConfigurationError(`${name}: holds half of a surrogate pair; pass the resource's id or URL`);
  }
}

/** @param parent the path up to the id */
function idOf(name: string, value: unknown, parent: string, servers: readonly string[]): string {
  const text = typeof value === 'string' || Number.isFinite(value) ? String(value) : '';
  const id = /^https?:\/\//i.test(text) ? idFromUrl(name, text, parent, servers) : text;
  // A URL parser would take these segments away, and call another operation.
  if (id === '' || id === '.' || id === '..') {
    const what = typeof value === 'object' && value ? 'an object' : `'${value}'`;
    throw new ConfigurationError(`${name}: ${what} is not an id; pass the resource's id or URL as text`);
  }
  return id;
}

/** Whether a URL parser takes no segment away, as it does for `..` in many spellings, and for what follows a `#`. */
function keepsSegments(path: string): boolean {
  const { pathname } = new URL(`http://host/base/url${path}`);
  return pathname.split('/').length === path.split(/[\\/]/).length + 2;
}
