import type { TokenSource } from './auth/token-source.js';
import type { TokenStore } from './auth/token-store.js';
import type { Logger, LogLevel } from './observe/logger.js';
import type { Observers } from './observe/observers.js';
import type { QuotaStore } from './quota/quota-store.js';
import type { ApiResponse } from './send/request.js';
import type { ServerChoice } from './url/base-url.js';
import type { ValidateMode, Validators } from './validation.js';

/** Sends a request; has the shape of the standard's `fetch`, called with a URL and an init. */
export type Fetch = (url: string, init: RequestInit) => Promise<ApiResponse>;

/** Options of `new EvEnergy(…)`. All are optional. Durations are in milliseconds. */
export interface EvEnergyOptions extends ServerChoice, Observers {
  /**
   * Bearer token, or a function that returns one. The client calls the function before each request; requests at the
   * same time share one call of it, unless it takes longer than `timeout`.
   * Default: the environment variable `EV_ENERGY_ACCESS_TOKEN`.
   */
  accessToken?: string | AccessTokenFunction | undefined;
  /** OAuth client id, for the client-credentials grant. Default: `EV_ENERGY_CLIENT_ID`. */
  clientId?: string | undefined;
  /** OAuth client secret, sent with HTTP Basic to the token endpoint only. Default: `EV_ENERGY_CLIENT_SECRET`. */
  clientSecret?: string | undefined;
  /** Scopes to ask for with the client credentials, separated by spaces. Default: all that the application has. */
  scope?: string | undefined;
  /**
   * Source of the tokens, such as `refreshToken(…)`; `null` sends none, even if the environment holds credentials.
   * Default: `accessToken`, or `clientId` and `clientSecret`.
   */
  auth?: TokenSource | null | undefined;
  /**
   * Token endpoint for the client credentials: https, or http on loopback.
   * Default: the document's path for it, on the origin of the base URL.
   */
  tokenUrl?: string | undefined;
  /**
   * Where programs of the same application share the token of the client credentials, such as `fileTokenStore(…)` of
   * `ev-energy-client/node`: one program renews it, early, and the others use it. Default: each has its own token.
   */
  tokenStore?: TokenStore | undefined;
  /**
   * The user in whose context requests are made (`EvEnergy-User`), sent as given; a call can name another. Default:
   * none.
   */
  user?: string | undefined;
  /** Version of the API (`EvEnergy-Version`). Default: the document's. */
  apiVersion?: string | undefined;
  /** Headers for every request. Default: none. */
  headers?: HeaderValues | undefined;
  /**
   * Milliseconds that an attempt may take, up to the end of its body; with `asResponse()` up to its headers, since the
   * caller reads the body. The client aborts a request that takes longer. `Infinity` for no limit. Default: 30,000.
   */
  timeout?: number | undefined;
  /**
   * Retries after the first attempt: on 429 for every method; on 5xx, network errors and timeouts for safe ones.
   * Default: 4.
   */
  maxRetries?: number | undefined;
  /** Longest wait before a retry, in milliseconds. If the server asks for more, the call fails. Default: 60,000. */
  maxRetryWait?: number | undefined;
  /**
   * Bounds of the random wait before a retry, in milliseconds: doubles from `initial` up to `max`. Default: 500, 8,000.
   */
  backoff?: Backoff | undefined;
  /** How to spend the requests of the rolling hour. Default: no reserve, no pace. */
  quota?: QuotaOptions | undefined;
  /**
   * Checks answers, and bodies for misspelt members: pass `validators` of `ev-energy-client/validators`. A program that
   * doesn't import them doesn't load them either. Default: none.
   */
  validators?: Validators | undefined;
  /**
   * What to do with an answer that departs from the document, and with a body that has a misspelt member: `'warn'`
   * logs, `'error'` throws, `'off'` doesn't check. Needs `validators`. Default: `'warn'` with validators, else `'off'`.
   */
  validate?: ValidateMode | undefined;
  /**
   * Sends the requests, for each attempt and for tokens, such as `undiciTransport()` of `ev-energy-client/undici`.
   * Default: the global `fetch`.
   */
  fetch?: Fetch | undefined;
  /** Where log messages go; they hold no secrets. Default: `console`. */
  logger?: Logger | undefined;
  /**
   * Least severe level that is logged. Default: the environment variable `EV_ENERGY_LOG`, and without that `'warn'`.
   */
  logLevel?: LogLevel | undefined;
  /** The calling application, for the `User-Agent` (if the runtime lets it be set). Default: none. */
  appInfo?: AppInfo | undefined;
}

/** Returns a token. `rejected` is the token that the API has just refused, if any: return another one. */
export type AccessTokenFunction = (context: { rejected: string | undefined }) => string | Promise<string>;

/** Header values by name. `null` removes a header that the client would send. */
export type HeaderValues = Readonly<Record<string, string | null | undefined>>;

/** Bounds of the random wait before a retry, used if the server doesn't say how long to wait. */
export interface Backoff {
  /** Upper bound of the first wait, in milliseconds; it doubles with each further one. Default: 500. */
  initial?: number | undefined;
  /** Upper bound of all waits, in milliseconds. Default: 8,000. */
  max?: number | undefined;
}

/** How to spend the requests of the rolling hour. Calls with and without a token are counted separately. */
export interface QuotaOptions {
  /**
   * Number of requests to keep unspent. A call that would spend one of them throws `QuotaReserveError` and sends
   * nothing. It must be below the hour's limit, which is lower without a token. Default: 0.
   */
  reserve?: number | undefined;
  /**
   * Spread the remaining requests over the rest of the hour. A call may then wait for minutes; the wait is logged
   * (`info` from 10 seconds on, `debug` below). Default: false.
   */
  pace?: boolean | undefined;
  /**
   * Where programs count their requests together, so that they share one reserve and one pace. Then the client sends no
   * request once none is left, even without a reserve. Default: this client counts alone.
   */
  store?: QuotaStore | undefined;
  /**
   * With a store: whose requests these are, as the API counts them. Choose a name for the application, or for the
   * application and a user. Default: that of the credentials, if the client has some.
   */
  account?: string | undefined;
}

/** Options that `withOptions` can change. Server, credentials, transport and quota belong to the client as a whole. */
export type DerivedOptions = Omit<
  EvEnergyOptions,
  | 'accessToken'
  | 'auth'
  | 'baseUrl'
  | 'clientId'
  | 'clientSecret'
  | 'environment'
  | 'fetch'
  | 'quota'
  | 'scope'
  | 'tokenStore'
  | 'tokenUrl'
>;

/** The calling application, as the `User-Agent` shows it: `name/version (url)`. */
export interface AppInfo {
  /** Its name, such as `fleet-export`. */
  name: string;
  /** Its version, such as `1.2.0`. Default: none. */
  version?: string | undefined;
  /** A page about it, or a way to reach its makers. Default: none. */
  url?: string | undefined;
}

/** Options of a single call. */
export interface RequestOptions {
  /**
   * Aborts the call: its request, its waits and its retries. The call then rejects with the signal's reason. With
   * `asResponse()` the signal also aborts the body. Default: none.
   */
  signal?: AbortSignal | undefined;
  /**
   * Milliseconds that each attempt may take, up to the end of its body; with `asResponse()` up to its headers.
   * `Infinity` for no limit. Default: the client's.
   */
  timeout?: number | undefined;
  /** Retries after the first attempt; 0 for none. Default: the client's. */
  maxRetries?: number | undefined;
  /**
   * Headers for this call, added to the client's or replacing them: an `authorization` replaces the client's token, and
   * `authorization: null` sends none. Default: none.
   */
  headers?: HeaderValues | undefined;
  /** The user in whose context this call is made (`EvEnergy-User`), sent as given. Default: the client's. */
  user?: string | undefined;
  /**
   * What to do with an answer that departs from the document, and with a body that has a misspelt member: `'warn'`
   * logs, `'error'` throws, `'off'` doesn't check. The client must have validators. Default: the client's.
   */
  validate?: ValidateMode | undefined;
}

/** Options of a call whose body can be sent in several media types. */
export interface BodyOptions<MediaType extends string> extends RequestOptions {
  /**
   * The media type to send a plain object in; a `FormData` or `URLSearchParams` is sent in its own. Default: the
   * document's JSON type if it has one, else the first that it names.
   */
  contentType?: MediaType | undefined;
}

/** Options of a call that lists a collection. */
export interface ListOptions extends RequestOptions {
  /** Request the next page while the caller reads the current one. Default: true. */
  readAhead?: boolean | undefined;
  /**
   * Number of parts, 1 to 64, into which the collection's time range is split, to be read in parallel. Items still come
   * in the API's order. With `readAhead` up to twice as many requests are under way. Default: 1.
   */
  concurrency?: number | undefined;
}

/** Options of `toArray()`. */
export interface ArrayOptions {
  /** Most items to take, from 0; `Infinity` for all of them. Default: all. */
  limit?: number | undefined;
}

/** The answer of an operation that redirects: where it leads. The client doesn't follow it. */
export interface Redirect {
  /** HTTP status, 3xx. */
  status: number;
  /** Absolute URL of the `Location` header. */
  location: string;
}
