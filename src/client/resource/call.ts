import type { Fetch, HeaderValues, RequestOptions } from '../options.js';
import type { ApiResponse, Reading } from '../send/request.js';
import type { PathValue } from '../wire/parameters.js';
import type { OperationRow } from './operation-row.js';

/** Query parameters by name, or the query string itself. */
export type Query = Readonly<Record<string, unknown>> | string;

/** A call of an operation, before it becomes a request. */
export interface Call {
  readonly operation: OperationRow;
  /** Values for the `{…}` of the operation's path, by name. */
  readonly path: Readonly<Record<string, PathValue | undefined>>;
  readonly query: Query | undefined;
  /** Header parameters. */
  readonly headers: HeaderValues | undefined;
  readonly body: unknown;
  readonly options: RequestOptions | undefined;
}

/** The result of a call. */
export interface Answer {
  /** The parsed body; undefined if it wasn't read or there is none. */
  readonly data: unknown;
  readonly response: ApiResponse;
}

/** The part of the client that resources and pages use. */
export interface Core {
  /** @param reading `'nothing'` leaves the body of a success unread */
  send(call: Call, reading?: Reading): Promise<Answer>;
  /** Sends to other servers, without the client's token, headers or retries. */
  readonly elsewhere: Fetch;
  /** Base URL without a slash at the end. */
  readonly baseUrl: string;
  /** Base URLs that the API's own links may use: the client's, and those of the document's servers. */
  readonly servers: readonly string[];
}
