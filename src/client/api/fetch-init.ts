import type { Middleware, ParseAs } from '../openapi-fetch.js';
import type { HeaderValues, RequestOptions } from '../options.js';
import type { Query } from '../resource/call.js';
import type { OperationRow } from '../resource/operation-row.js';
import type { ApiRequest, ApiResponse, Reading } from '../send/request.js';

/** Everything needed to make one request, before openapi-fetch makes it. */
export interface FetchInit {
  readonly operation: OperationRow;
  /** Values for the `{…}` of the operation's path, by name. */
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Query | undefined;
  /** Header parameters. */
  readonly headers: HeaderValues | undefined;
  readonly body: unknown;
  readonly options: RequestOptions | undefined;
  readonly reading: Reading;
  /** How openapi-fetch reads the body of a success. */
  readonly parseAs: ParseAs;
  /** What openapi-fetch takes per request, and members of `RequestInit` that only the platform's `fetch` knows. */
  readonly own?: OwnInit | undefined;
}

/** The parts of openapi-fetch's init that come from the caller. */
export interface OwnInit {
  readonly querySerializer?: unknown;
  readonly bodySerializer?: unknown;
  readonly pathSerializer?: unknown;
  readonly middleware?: readonly Middleware[] | undefined;
  readonly platform?: RequestInit | undefined;
}

/** What openapi-fetch made of the answer, and the request that was answered. */
export interface Fetched {
  readonly data?: unknown;
  /** The body of an error: parsed JSON, or its text; undefined if it is empty. */
  readonly error?: unknown;
  readonly response: ApiResponse;
  readonly request: ApiRequest;
}
