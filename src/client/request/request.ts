import { operations } from '../../../generated/operations.js';
import { CALL_NAMES, checkCallOptions, checkChoice, checkFields } from '../check-options.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { OperationRow } from '../resource/operation-row.js';
import type { Call, Core } from '../send/core.js';
import { fillPath } from '../url/path.js';
import { idFromUrl, ownPath, withoutUserInfo } from '../url/resource-url.js';
import { wireValue } from '../url/wire-value.js';
import { isRaw } from './body.js';
import { essence } from './media-type.js';
import type { OpenRequest } from './request-types.js';

/** A method's name (RFC 9110, 9.1), apart from those that fetch never sends (Fetch, 2.2.1). */
const METHOD = /^(?!(?:CONNECT|TRACE|TRACK)$)[\w!#$%&'*+.^`|~-]+$/;

const NAMES = ['anyStatus', 'body', 'path', 'query', ...CALL_NAMES] as const satisfies (keyof OpenRequest)[];

/** The call behind `request(method, path, init)`. */
export function openCall(core: Core, verb: string, target: string, given?: OpenRequest | null): Call {
  const init = given ?? {};
  checkCallOptions(init, NAMES);
  checkFields('path', init.path);
  checkChoice('anyStatus', init.anyStatus, [true, false]);
  if (typeof target !== 'string') throw new ConfigurationError('path: is not a text');
  const method = typeof verb === 'string' ? verb.toUpperCase() : '';
  if (!METHOD.test(method))
    throw new ConfigurationError(`method: '${String(verb)}' is none that can be sent`);
  const [template, search] = splitTarget(core, target);
  if (search !== undefined && init.query != null)
    throw new ConfigurationError(
      `query: the path ${target} has one already; give the query in one of the two`,
    );
  const hasBody = init.body !== undefined && init.body !== null;
  // What fetch refuses would otherwise look like a network error.
  if (hasBody && (method === 'GET' || method === 'HEAD'))
    throw new ConfigurationError(`body: a ${method} request can't have one`);
  if (init.body instanceof ReadableStream)
    throw new ConfigurationError("body: a stream can't be sent again; pass text, a Blob or bytes");
  const row = documented(method, template) ?? {
    id: `${method} ${template}`,
    method,
    path: template,
    public: true,
    // What GET asks for is the body; of other methods nobody knows.
    ...(method === 'GET' ? {} : { empty: true as const }),
  };
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
  const mediaType = contentType(init);
  const path = fillPath(
    template,
    names.map((name) => init.path?.[name] ?? ''),
    (...url) => idFromUrl(...url, core.servers),
  );
  if (!keepsSegments(path))
    throw new ConfigurationError(`path: '${template}' leads to another path: leave out dots and #`);
  return {
    row: mediaType === undefined ? row : { ...row, body: essence(mediaType) },
    path,
    query: wireQuery(init.query) ?? search,
    headers: undefined,
    body: hasBody ? init.body : undefined,
    verbatim: typeof init.body === 'string' || isRaw(init.body),
    options: init,
    raw: false,
    anyStatus: init.anyStatus ?? false,
    onHeaders: undefined,
  };
}

/** Whether a URL parser takes no segment away, as it does for `..` in many spellings, and for what follows a `#`. */
function keepsSegments(path: string): boolean {
  const { pathname } = new URL(`http://host/base/url${path}`);
  return pathname.split('/').length === path.split(/[\\/]/).length + 2;
}

/** Path and query of a path or of one of the API's own URLs. */
function splitTarget(core: Core, target: string): [path: string, query: string | undefined] {
  const path = target.startsWith('/') ? target : ownUrl(core, target);
  const [before = '', ...behind] = path.split('?');
  return [before, behind.length > 0 ? behind.join('?') : undefined];
}

function ownUrl(core: Core, target: string): string {
  const path = ownPath(target, core.servers);
  // Behind a base URL without a path, anything but a slash could lead to another host.
  if (path === undefined)
    throw new ConfigurationError(
      `path: '${withoutUserInfo(target)}' is neither a path (/…) nor a URL of this API (${core.servers.join(', ')})`,
    );
  return `/${path}${new URL(target).search}`;
}

function documented(method: string, path: string): OperationRow | undefined {
  return operations.find((row) => row.path === path && row.method === method);
}

function wireQuery(query: OpenRequest['query'] | null): Call['query'] {
  if (query instanceof URLSearchParams) return String(query);
  if (typeof query === 'string') return query.replace(/^\?/, '');
  checkFields('query', query);
  return query
    ? Object.fromEntries(
        Object.entries(query).map(([name, value]) => [name, wireValue(`query: ${name}`, value)]),
      )
    : undefined;
}

function contentType({ headers }: OpenRequest): string | undefined {
  const entry = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type');
  return entry?.[1] ?? undefined;
}
