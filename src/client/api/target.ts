import { ConfigurationError } from '../errors/configuration-error.js';
import { ownPath, withoutUserInfo } from '../url/resource-url.js';

/** Where a request goes: a path, and the query that stood behind it. */
export interface Target {
  readonly path: string;
  readonly search: string | undefined;
}

/**
 * The target of a request: the document's path template, another path, or one of the API's own URLs, which is asked for
 * at the client's base URL.
 * @throws ConfigurationError for what leads elsewhere, or has a query twice
 */
export function splitTarget(
  target: string,
  servers: readonly string[],
  { params }: { readonly params: { readonly query?: object | undefined } },
): Target {
  if (typeof target !== 'string') throw new ConfigurationError('path: is not a text');
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
  // Behind a base URL without a path, anything but a slash could lead to another host.
  if (path === undefined)
    throw new ConfigurationError(
      `path: '${withoutUserInfo(target)}' is neither a path (/…) nor a URL of this API (${servers.join(', ')})`,
    );
  return `/${path}${new URL(target).search}`;
}
