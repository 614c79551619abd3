import type { TokenSource } from './auth/token-source.js';
import type { Logger, LogLevel } from './observe/logger.js';
import type { Observers } from './observe/observers.js';
import type { ApiResponse } from './send/request.js';
import type { ServerChoice } from './url/base-url.js';
import type { ValidateMode, Validators } from './validation.js';

/** Sends a request; the shape of the standard's `fetch`, called with a URL and its init. */
export type Fetch = (url: string, init: RequestInit) => Promise<ApiResponse>;

/** Options of `new EvEnergy(…)`. All are optional. Durations are in milliseconds. */
export interface EvEnergyOptions extends ServerChoice, Observers {
  /**
   * Bearer token, or a function that gives one (asked before each request; concurrent requests share one call
   * of it, unless that takes longer than `timeout`).
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
   * Own source of tokens, such as `refreshToken(…)`; `null` sends no token, whatever the environment holds.
   * Default: made of `accessToken`, or of `clientId` and `clientSecret`.
   */
  auth?: TokenSource | null | undefined;
  /**
   * Token endpoint for the client credentials: https, or loopback.
   * Default: the document's path of it, on the origin of the base URL.
   */
  tokenUrl?: string | undefined;
  /** The user whose context requests get (`EvEnergy-User`), sent as given; a call can name another. Default: none. */
  user?: string | undefined;
  /** Version of the API (`EvEnergy-Version`). Default: the document's. */
  apiVersion?: string | undefined;
  /** Headers for every request. Default: none. */
  headers?: HeaderValues | undefined;
  /**
   * Milliseconds that an attempt may take, up to the end of its body; with `asResponse()` up to its headers, since the
   * caller reads the body then. When they are over, the request is ended. `Infinity` for no limit. Default: 30,000.
   */
  timeout?: number | undefined;
  /** Attempts after the first: 429 for every method; 5xx, network errors and timeouts for safe ones. Default: 4. */
  maxRetries?: number | undefined;
  /** Longest wait before a retry, in milliseconds; the server asking for more is an error at once. Default: 60,000. */
  maxRetryWait?: number | undefined;
  /** Bounds of the random wait before a retry, in milliseconds: doubled from `initial` up to `max`. Default: 500, 8,000. */
  backoff?: Backoff | undefined;
  /** How to spend the rolling hour's requests. Default: freely. */
  quota?: QuotaOptions | undefined;
  /**
   * The validators of `ev-energy-client/validators`, which answers are checked with. Who doesn't import them doesn't
   * load them. Default: none.
   */
  validators?: Validators | undefined;
  /**
   * What to do with an answer that departs from the document: `'warn'` logs, `'error'` throws, `'off'` doesn't check.
   * Needs `validators`. Default: `'warn'` with validators, else `'off'`.
   */
  validate?: ValidateMode | undefined;
  /** Transport; called for each attempt, and for tokens. Default: the global `fetch`. */
  fetch?: Fetch | undefined;
  /** Where messages go; secrets are left out of them. Default: `console`. */
  logger?: Logger | undefined;
  /** Least severe level that is logged. Default: `'warn'`. */
  logLevel?: LogLevel | undefined;
  /** The calling application, for the `User-Agent` (where the runtime lets it be set). Default: none. */
  appInfo?: AppInfo | undefined;
}

/** Gives a token; `rejected` is the one that the API has just refused, so that it isn't given again. */
export type AccessTokenFunction = (context: { rejected: string | undefined }) => string | Promise<string>;

/** Header values by name; `null` leaves the client's own out. */
export type HeaderValues = Readonly<Record<string, string | null | undefined>>;

/** Bounds of the random wait before a retry that the server names no time for. */
export interface Backoff {
  /** Upper bound of the first wait, in milliseconds; doubled for each further one. Default: 500. */
  initial?: number | undefined;
  /** Upper bound of all waits, in milliseconds. Default: 8,000. */
  max?: number | undefined;
}

/** How the rolling hour's requests are spent; calls with a token and calls without one are counted apart. */
export interface QuotaOptions {
  /**
   * Requests of the rolling hour to leave unspent: a call that would spend them throws a `QuotaReserveError`. Has to be
   * below the hour's limit, which is lower without a token. Default: 0.
   */
  reserve?: number | undefined;
  /**
   * Space requests out so that what is left lasts for the rest of the hour: a call may then wait for long, which is
   * logged (`info` from 10 seconds on, else `debug`). Default: false.
   */
  pace?: boolean | undefined;
}

/**
 * Options that a client made by `withOptions` can have for itself. The others belong to the client as a whole: server,
 * credentials, transport and quota.
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
  | 'tokenUrl'
>;

/** The calling application, as the `User-Agent` names it: `name/version (url)`. */
export interface AppInfo {
  /** Its name, such as `fleet-export`. */
  name: string;
  /** Its version, such as `1.2.0`. Default: none. */
  version?: string | undefined;
  /** Where to read about it, or to reach its makers. Default: none. */
  url?: string | undefined;
}

/** Options of a single call. */
export interface RequestOptions {
  /**
   * Ends the call: its request, its waits and its retries; the call rejects with the signal's reason. With
   * `asResponse()` it also ends the body. Default: none.
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
   * More headers, or others in place of the client's: an `authorization` replaces its token, and `null` sends none.
   * Default: the client's alone.
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

/** Options of a call that lists a collection. */
export interface ListOptions extends RequestOptions {
  /** Ask for the next page while one is being read. Default: true. */
  readAhead?: boolean | undefined;
  /**
   * Walk the collection's time range in this many parts side by side, 1 to 64. Items come in the API's order all the
   * same. With `readAhead` twice as many requests may be under way. Default: 1.
   */
  concurrency?: number | undefined;
}

/** Answer of an operation that redirects: where to, in place of what is there. */
export interface Redirect {
  /** HTTP status, 3xx. */
  status: number;
  /** Absolute URL of the `Location` header. */
  location: string;
}
