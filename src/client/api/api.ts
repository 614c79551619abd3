import type {
  FilterKeys,
  HttpMethod,
  MediaType,
  PathsWithMethod,
  RequiredKeysOf,
} from 'openapi-typescript-helpers';
import type {
  ClientMethod,
  FetchOptions,
  FetchResponse,
  MaybeOptionalInit,
  Middleware,
  ParseAs,
} from '../openapi-fetch.js';
import type { RequestOptions } from '../options.js';

/**
 * openapi-fetch's client for the document's paths, with the client's token, retries and quota. It can be passed to
 * libraries that build on openapi-fetch: for them its types are wider than for direct calls, which also take the
 * options of a call, and refuse a misspelt one.
 *
 * To call a path that the document lacks, widen the type:
 * @example
 * const api = ev.api as Api<paths & { '/beta': { get: { parameters: {}; responses: { 200: … } } } }>;
 */
export interface Api<Paths extends {}, Media extends MediaType = MediaType> {
  /** Any method of any path, by name: `request('get', '/things/{id}', init)`. */
  request: AnyVerb<Paths, Media>;
  GET: Verb<Paths, 'get', Media>;
  PUT: Verb<Paths, 'put', Media>;
  POST: Verb<Paths, 'post', Media>;
  DELETE: Verb<Paths, 'delete', Media>;
  OPTIONS: Verb<Paths, 'options', Media>;
  HEAD: Verb<Paths, 'head', Media>;
  PATCH: Verb<Paths, 'patch', Media>;
  /** Never sent (Fetch, 2.2.1). It has openapi-fetch's own type, from which libraries infer `Paths`. */
  TRACE: ClientMethod<Paths, 'trace', Media>;
  /** Registers middleware for all requests of this client, including those of its resources. */
  use(...middleware: Middleware[]): void;
  /** Removes middleware. */
  eject(...middleware: Middleware[]): void;
}

/**
 * The init of one request: openapi-fetch's, plus the options of a call. It takes no `baseUrl` and no `fetch`, which
 * would take the token elsewhere, and no `redirect`: redirects aren't followed.
 */
export type ApiInit<Item, Method extends keyof Item, As = ParseAs> = Omit<
  FetchOptions<FilterKeys<Item, Method>>,
  'baseUrl' | 'fetch' | 'headers' | 'parseAs' | 'redirect' | 'signal'
> &
  RequestOptions & {
    /** How to read the body of a success; `'stream'` leaves it unread. Default: `'json'`. */
    parseAs?: As | undefined;
  };

/**
 * Libraries call through openapi-fetch's own types, which allow any member. As `this` type it keeps direct calls off
 * that overload.
 */
interface Library {
  readonly [library]: never;
}
declare const library: unique symbol;

type Arguments<Init> = RequiredKeysOf<Init> extends never ? [init?: Init] : [init: Init];

type LibraryArguments<Init> =
  RequiredKeysOf<Init> extends never
    ? [(Init & { [member: string]: unknown })?]
    : [Init & { [member: string]: unknown }];

// biome-ignore lint/suspicious/noExplicitAny: as openapi-fetch has it.
type AnyPaths = Record<string, any>;

interface Verb<Paths extends AnyPaths, Method extends HttpMethod, Media extends MediaType> {
  <Path extends PathsWithMethod<Paths, Method>, As extends ParseAs = 'json'>(
    path: Path,
    ...init: Arguments<ApiInit<Paths[Path], Method, As>>
  ): Promise<FetchResponse<Paths[Path][Method], { parseAs: As }, Media>>;
  /** @hidden */
  <Path extends PathsWithMethod<Paths, Method>, Init extends MaybeOptionalInit<Paths[Path], Method>>(
    this: Library,
    path: Path,
    ...init: LibraryArguments<Init>
  ): Promise<FetchResponse<Paths[Path][Method], Init, Media>>;
}

interface AnyVerb<Paths extends AnyPaths, Media extends MediaType> {
  <Method extends HttpMethod, Path extends PathsWithMethod<Paths, Method>, As extends ParseAs = 'json'>(
    method: Method,
    path: Path,
    ...init: Arguments<ApiInit<Paths[Path], Method, As>>
  ): Promise<FetchResponse<Paths[Path][Method], { parseAs: As }, Media>>;
  /** @hidden */
  <
    Method extends HttpMethod,
    Path extends PathsWithMethod<Paths, Method>,
    Init extends MaybeOptionalInit<Paths[Path], Method>,
  >(
    this: Library,
    method: Method,
    path: Path,
    ...init: LibraryArguments<Init>
  ): Promise<FetchResponse<Paths[Path][Method], Init, Media>>;
}
