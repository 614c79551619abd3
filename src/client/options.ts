import type { TokenSource } from './auth/token-source.js';
import type { TokenStore } from './auth/token-store.js';
import type { Logger, LogLevel } from './observe/logger.js';
import type { Observers } from './observe/observers.js';
import type { QuotaStore } from './quota/quota-store.js';
import type { ApiResponse } from './send/request.js';
import type { ServerChoice } from './url/base-url.js';
import type { ValidateMode, Validators } from './validation.js';

/** Sends a request; the shape of the standard's `fetch`, called with a URL and its init. */
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
   * Where tokens come from, such as `refreshToken(…)`; `null` sends none, whatever the environment holds.
   * Default: `accessToken`, or `clientId` and `clientSecret`.
   */
  auth?: TokenSource | null | undefined;
  /**
   * Token endpoint for the client credentials: https, or loopback.
   * Default: the path that the document has for it, on the origin of the base URL.
   */
  tokenUrl?: string | undefined;
  /**
   * Where programs of the same application share the token of the client credentials, such as `fileTokenStore(…)` of
   * `ev-energy-client/node`: one of them asks for it, early, and the others take it. Default: each has one of its own.
   */
  tokenStore?: TokenStore | undefined;
  /** The user whose context requests get (`EvEnergy-User`), sent as given; a call can name another. Default: none. */
  user?: string | undefined;
  /** Version of the API (`EvEnergy-Version`). Default: the document's. */
  apiVersion?: string | undefined;
  /** Headers for every request. Default: none. */
  headers?: HeaderValues | undefined;
  /**
   * Milliseconds that an attempt may take, up to the end of its body; with `asResponse()` up to its headers, since the
   * caller reads the body then. The client ends a request that takes longer. `Infinity` for no limit. Default: 30,000.
   */
  timeout?: number | undefined;
  /** Attempts after the first: 429 for every method; 5xx, network errors and timeouts for safe ones. Default: 4. */
  maxRetries?: number | undefined;
  /** Longest wait before a retry, in milliseconds. If the server asks for more, the call fails at once. Default: 60,000. */
  maxRetryWait?: number | undefined;
  /** Bounds of the random wait before a retry, in milliseconds: doubled from `initial` up to `max`. Default: 500, 8,000. */
  backoff?: Backoff | undefined;
  /** How to spend the requests of the rolling hour. Default: without reserve or pace. */
  quota?: QuotaOptions | undefined;
  /**
   * What to check answers with: `validators` of `ev-energy-client/validators`. A program that doesn't import them
   * doesn't load them either. Default: none.
   */
  validators?: Validators | undefined;
  /**
   * What to do with an answer that departs from the document: `'warn'` logs, `'error'` throws, `'off'` doesn't check.
   * Needs `validators`. Default: `'warn'` with validators, else `'off'`.
   */
  validate?: ValidateMode | undefined;
  /** What sends requests: called for each attempt, and for tokens. Default: the global `fetch`. */
  fetch?: Fetch | undefined;
  /** Where messages go; secrets are left out of them. Default: `console`. */
  logger?: Logger | undefined;
  /** Least severe level that is logged. Default: the environment variable `EV_ENERGY_LOG`, and without that `'warn'`. */
  logLevel?: LogLevel | undefined;
  /** The calling application, for the `User-Agent` (where the runtime lets it be set). Default: none. */
  appInfo?: AppInfo | undefined;
}

/** Returns a token. `rejected` is the token that the API has just refused, if any: return another one. */
export type AccessTokenFunction = (context: { rejected: string | undefined }) => string | Promise<string>;

/** Header values by name. `null` leaves out a header that the client would send. */
export type HeaderValues = Readonly<Record<string, string | null | undefined>>;

/** Bounds of the random wait before a retry, where the server doesn't say how long to wait. */
export interface Backoff {
  /** Upper bound of the first wait, in milliseconds; doubled for each further one. Default: 500. */
  initial?: number | undefined;
  /** Upper bound of all waits, in milliseconds. Default: 8,000. */
  max?: number | undefined;
}

/** How to spend the requests of the rolling hour. Calls with a token and calls without one are counted apart. */
export interface QuotaOptions {
  /**
   * Number of requests to keep unspent. A call that would spend one of them throws `QuotaReserveError` and sends
   * nothing. It has to be below the hour's limit, which is lower without a token. Default: 0.
   */
  reserve?: number | undefined;
  /**
   * Spread the requests that are left over the rest of the hour. A call may then wait for minutes; the wait is logged
   * (`info` from 10 seconds on, `debug` below). Default: false.
   */
  pace?: boolean | undefined;
  /**
   * Where programs count their requests together, so that all of them keep one reserve and one pace. Then no request is
   * sent that nothing is left for, even without a reserve. Default: this client counts alone.
   */
  store?: QuotaStore | undefined;
  /**
   * With a store: whose requests these are, as the API counts them: a name of yours for the application, or the
   * application and a user. Default: that of the credentials, where the client has some.
   */
  account?: string | undefined;
}

/**
 * Options that `withOptions` can change. Server, credentials, transport and quota belong to the client as a whole.
 */
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

/** The calling application, as the `User-Agent` names it: `name/version (url)`. */
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
   * Ends the call: its request, its waits and its retries. The call then rejects with the signal's reason. With
   * `asResponse()` the signal also ends the body. Default: none.
   */
  signal?: AbortSignal | undefined;
  /**
   * Milliseconds that each attempt may take, up to the end of its body; with `asResponse()` up to its headers.
   * `Infinity` for no limit. Default: the client's.
   */
  timeout?: number | undefined;
  /** Attempts after the first; 0 for none. Default: the client's. */
  maxRetries?: number | undefined;
  /**
   * Headers for this call, beside those of the client or in their place: an `authorization` replaces the client's
   * token, and `authorization: null` sends none. Default: none.
   */
  headers?: HeaderValues | undefined;
  /** The user whose context this call gets (`EvEnergy-User`), sent as given. Default: the client's. */
  user?: string | undefined;
  /**
   * What to do with an answer that departs from the document: `'warn'` logs, `'error'` throws, `'off'` doesn't check.
   * The client has to have validators. Default: the client's.
   */
  validate?: ValidateMode | undefined;
}

/** Options of a call whose body can be sent in several media types. */
export interface BodyOptions<MediaType extends string> extends RequestOptions {
  /**
   * The media type that a plain object is sent in; a `FormData` or `URLSearchParams` goes in its own. Default: the
   * document's JSON type where it has one, else the first that it names.
   */
  contentType?: MediaType | undefined;
}

/** Options of a call that lists a collection. */
export interface ListOptions extends RequestOptions {
  /** Ask for the next page while one is being read. Default: true. */
  readAhead?: boolean | undefined;
  /**
   * Number of parts, 1 to 64, in which the time range of the collection is walked side by side. Items come in the API's
   * order all the same. With `readAhead` up to twice as many requests are under way. Default: 1.
   */
  concurrency?: number | undefined;
}

/** The answer of an operation that redirects: where it leads. The client doesn't go there. */
export interface Redirect {
  /** HTTP status, 3xx. */
  status: number;
  /** Absolute URL of the `Location` header. */
  location: string;
}
