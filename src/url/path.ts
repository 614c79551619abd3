import { ConfigurationError } from '../errors/configuration-error.js';
import { idFromUrl } from './resource-url.js';

/** A path parameter: an id, or the API's own absolute URL of the resource. */
export type PathValue = string | number;

/**
 * The path with its parameters filled in, percent-encoded.
 * @param servers base URLs whose resource URLs are accepted in place of ids
 * @throws ConfigurationError for a value that would make another path of it (empty, `.`, `..`), or a foreign URL
 */
export function fillPath(template: string, values: readonly PathValue[], servers: readonly string[]): string {
  const [start = '', ...parts] = template.split('{');
  let path = start;
  for (const [index, part] of parts.entries()) {
    const [name = '', behind = ''] = part.split('}');
    path += encodeURIComponent(idOf(name, values[index], path, servers)) + behind;
  }
  return path;
}

function idOf(
  name: string,
  value: PathValue | undefined,
  parent: string,
  servers: readonly string[],
): string {
  if (typeof value !== 'string' && !Number.isFinite(value))
    throw new ConfigurationError(`${name}: ${value} is not an id; pass the resource's id or URL`);
  const text = String(value);
  const id = /^https?:\/\//i.test(text) ? idFromUrl(name, text, parent, servers) : text;
  // A URL parser would take these segments away, and call another operation.
  if (id === '' || id === '.' || id === '..')
    throw new ConfigurationError(`${name}: '${id}' is not an id; pass the resource's id or URL`);
  return id;
}
