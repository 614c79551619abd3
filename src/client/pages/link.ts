import { PAGE_AFTER, PAGE_NUMBER } from '../../text/conventions.js';
import { PaginationError } from '../errors/pagination-error.js';

/** One link-value and the comma after it (RFC 8288, 3); parameter values are tokens or quoted strings. */
const LINK =
  /[\s,]*<([^<>]*)>((?:\s*;\s*[^\s=;,"<>]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"<>]+))?)*)\s*(?:,|$)/y;
const PARAMETER = /;\s*([^\s=;,"<>]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"<>]+)))?/g;

/** Targets of the header's links by relation type, in lower case. If a type occurs twice, the first link counts. */
export function parseLinks(header: string): Map<string, string> {
  const links = new Map<string, string>();
  const pattern = new RegExp(LINK);
  while (pattern.lastIndex < header.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(header);
    // Commas and white space may be left at the end, or be all there is.
    if (!match && !/[^\s,]/.test(header.slice(at))) break;
    if (!match)
      // Without the header's text, since it may hold anything.
      throw new PaginationError(`Link header: is not a list of links (RFC 8288) from character ${at} on`);
    for (const type of relations(match[2] ?? '')) if (!links.has(type)) links.set(type, match[1] ?? '');
  }
  return links;
}

/**
 * Relation types in a link's parameters. If there are several `rel`, the first counts (RFC 8288, 3.3). A link with an
 * `anchor` describes another resource (3.2).
 */
function relations(parameters: string): string[] {
  let types: string[] | undefined;
  for (const [, written = '', quoted = '', token = quoted] of parameters.matchAll(PARAMETER)) {
    const name = written.toLowerCase();
    if (name === 'anchor') return [];
    if (name === 'rel') types ??= token.toLowerCase().match(/\S+/g) ?? [];
  }
  return types ?? [];
}

/**
 * Query of a link to another page. We send it to our own server and path: the link may name another server (a mock's
 * links name the live one), which must not get the token.
 * @returns undefined at the end of the collection: no such link, or one to `about:blank`
 */
export function pageQuery(
  target: string | undefined,
  own: string,
  servers: readonly string[],
): string | undefined {
  if (target === undefined || target === 'about:blank') return undefined;
  if (!URL.canParse(target, own)) throw new PaginationError('Link header: the target is not a URL');
  const url = new URL(target, own);
  if (!servers.some((server) => new URL(server).origin === url.origin))
    throw new PaginationError(
      // Without the origin: a server may have put a secret into it.
      `Link header: it leads to a server that is neither the base URL's origin nor a server of the API`,
    );
  return url.search.slice(1);
}

/** The value that identifies a page within its collection. */
export function cursorOf(query: string): string | undefined {
  const values = new URLSearchParams(query);
  return values.get(PAGE_AFTER) ?? values.get(PAGE_NUMBER) ?? undefined;
}
