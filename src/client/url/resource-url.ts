import { ConfigurationError } from '../errors/configuration-error.js';

/**
 * Takes the id out of a resource's URL. The API writes such URLs with and without a slash at the end, and with the
 * collection's name in singular or plural.
 * @param parent the path up to the id, such as `/things/a1/parts/`
 */
export function idFromUrl(name: string, text: string, parent: string, servers: readonly string[]): string {
  const path = ownPath(text, servers);
  if (path === undefined)
    throw new ConfigurationError(
      `${name}: ${withoutUserInfo(text)} is not a URL of this API (${servers.join(', ')})`,
    );
  const segments = path
    .split('/')
    .filter(Boolean)
    .map((segment) => decode(name, segment));
  const wanted = parent.split('/').filter(Boolean).map(decodeURIComponent);
  const id = segments[wanted.length];
  const same = wanted.every((segment, index) => singular(segment) === singular(segments[index] ?? ''));
  if (id === undefined || segments.length !== wanted.length + 1 || !same)
    throw new ConfigurationError(`${name}: ${text} is not the URL of one of ${parent}`);
  return id;
}

/** The path below a server's base URL, without its first slash; undefined if the URL isn't below any of the servers. */
export function ownPath(text: string, servers: readonly string[]): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username || url.password) return undefined;
  for (const server of servers) {
    const base = new URL(server);
    const prefix = base.pathname.replace(/\/*$/, '/');
    if (url.origin === base.origin && url.pathname.startsWith(prefix))
      return url.pathname.slice(prefix.length);
  }
  return undefined;
}

/** Drops what stands before the host, which may be a password. */
export function withoutUserInfo(url: string): string {
  return url.replace(/\/\/[^/?#]*@/, '//');
}

function singular(segment: string): string {
  return segment.replace(/s$/, '');
}

function decode(name: string, segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ConfigurationError(`${name}: '${segment}' is not percent-encoded UTF-8`);
  }
}
