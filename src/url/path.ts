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
  let index = 0;
  return template.replace(/\{([^}]+)\}/g, (_, name: string, offset: number) => {
    const value = values[index++];
    if (typeof value !== 'string' && !Number.isFinite(value))
      throw new ConfigurationError(`${name}: ${value} is not an id; pass the resource's id or URL`);
    const text = String(value);
    const id = /^https?:\/\//i.test(text) ? idFromUrl(name, text, template.slice(0, offset), servers) : text;
    // A URL parser would take these segments away, and call another operation.
    if (id === '' || id === '.' || id === '..')
      throw new ConfigurationError(`${name}: '${id}' is not an id; pass the resource's id or URL`);
    return encodeURIComponent(id);
  });
}
