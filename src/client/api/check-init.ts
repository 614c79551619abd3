import { anything, CALL, check, fields, list, oneOf } from '../check-options.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { ParseAs } from '../openapi-fetch.js';
import type { HeaderValues, RequestOptions } from '../options.js';
import { headerTexts } from '../wire/parameters.js';
import type { OwnInit } from './fetch-init.js';

/** The init of a request, sorted into its parts. */
export interface CheckedInit {
  readonly params: {
    readonly path: Readonly<Record<string, unknown>>;
    readonly query: Readonly<Record<string, unknown>> | undefined;
    readonly header: HeaderValues | undefined;
  };
  readonly body: unknown;
  readonly parseAs: ParseAs;
  readonly options: RequestOptions;
  readonly own: OwnInit;
}

/** A method's name (RFC 9110, 9.1), except those that fetch never sends (Fetch, 2.2.1). */
const METHOD = /^(?!(?:CONNECT|TRACE|TRACK)$)[\w!#$%&'*+.^`|~-]+$/;

/** What openapi-fetch takes per request, except what would take the token elsewhere. */
const PARTS = {
  params: fields,
  body: anything,
  parseAs: oneOf('json', 'text', 'blob', 'arrayBuffer', 'stream'),
} as const;

const OWN = {
  querySerializer: anything,
  bodySerializer: anything,
  pathSerializer: anything,
  middleware: list,
} as const;

/** Members of `RequestInit` that only the platform's `fetch` knows, some of them on one platform only. */
const PLATFORM = {
  cache: anything,
  cf: anything,
  credentials: anything,
  duplex: anything,
  integrity: anything,
  keepalive: anything,
  mode: anything,
  next: anything,
  priority: anything,
  referrer: anything,
  referrerPolicy: anything,
} as const;

const INIT = { ...PARTS, ...OWN, ...CALL, ...PLATFORM };

const REFUSED: Readonly<Record<string, string>> = {
  baseUrl:
    "baseUrl: can't be given to one call, since the client's token stays with its server; make another client",
  fetch:
    "fetch: can't be given to one call, since it would bypass token, retries and quota; give it to new EvEnergy(…)",
  Request: "Request: can't be given to one call",
  redirect: 'redirect: no redirect is followed, so that the token stays where it belongs; leave it out',
};

/**
 * Refuses an init that can't be sent, and sorts the rest.
 * @throws ConfigurationError naming the member and the fix
 */
export function checkApiInit(verb: string, given: object | undefined): { method: string; init: CheckedInit } {
  const method = typeof verb === 'string' ? verb.toUpperCase() : '';
  if (!METHOD.test(method)) throw new ConfigurationError(`method: '${String(verb)}' can't be sent`);
  check('', given, INIT, (name) => (Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined));
  const init = (given ?? {}) as Record<string, unknown>;
  const params = (init.params ?? {}) as Record<string, unknown>;
  for (const name of ['path', 'query', 'header', 'cookie']) fields(`params.${name}`, params[name]);
  const body = init.body ?? undefined;
  // fetch would refuse it too, but that would look like a network error.
  if (body !== undefined && (method === 'GET' || method === 'HEAD'))
    throw new ConfigurationError(`body: a ${method} request can't have one`);
  return {
    method,
    init: {
      params: {
        path: (params.path ?? {}) as Record<string, unknown>,
        query: params.query as Record<string, unknown> | undefined,
        header: headerTexts((params.header ?? {}) as Record<string, unknown>),
      },
      body,
      parseAs: (init.parseAs ?? 'json') as ParseAs,
      options: only(init, CALL) as RequestOptions,
      own: { ...only(init, OWN), platform: only(init, PLATFORM) as RequestInit },
    },
  };
}

/** Those members of the init that are among the names. */
function only(init: Record<string, unknown>, names: object): object {
  return Object.fromEntries(Object.entries(init).filter(([name]) => Object.hasOwn(names, name)));
}
