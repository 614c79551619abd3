import { ConfigurationError } from '../errors/configuration-error.js';
import { ownPath, withoutUserInfo } from '../url/resource-url.js';

/** Where a request goes: the path, and the query that followed it. */
export interface Target {
  readonly path: string;
  readonly search: string | undefined;
}

/**
 * Splits the target of a request: a path template of the document, another path, or one of the API's own URLs, which is
 * requested at the client's base URL.
 * @throws ConfigurationError for a target on another server, or a query that is given twice
 */
export function splitTarget(
  target: string,
  servers: readonly string[],
  { params }: { readonly params: { readonly query?: object | undefined } },
): Target {
  if (typeof target !== 'string') throw new ConfigurationError('path: is not a string');
  const [path = '', ...behind] = (target.startsWith('/') ? target : ownUrl(target, servers)).split('?');
  const search = behind.length > 0 ? behind.join('?') : undefined;
  if (search !== undefined && params.query !== undefined)
    throw new ConfigurationError(
      `query: the path ${target} has one already; give the query in one of the two`,
    );
  return { path, search };
}

function ownUrl(target: string, servers: readonly string[]): string {
  const path = ownPath(target, servers);
  // Only a path with a slash may be appended to a base URL without path: anything else could lead to another host.
  if (path === undefined)
    throw new ConfigurationError(
      `path: '${withoutUserInfo(target)}' is neither a path (/…) nor a URL of this API (${servers.join(', ')})`,
    );
  return `/${path}${new URL(target).search}`;
}
