import type { Fetch, HeaderValues, RequestOptions } from '../options.js';
import type { ApiResponse, Reading } from '../send/request.js';
import type { PathValue } from '../wire/parameters.js';
import type { OperationRow } from './operation-row.js';

/** Query parameters by name, or the query string itself. */
export type Query = Readonly<Record<string, unknown>> | string;

/** One call of an operation, before it is a request. */
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

/** What a call came to. */
export interface Answer {
  /** The parsed body; undefined where it is left unread or there is none. */
  readonly data: unknown;
  readonly response: ApiResponse;
}

/** What resources and pages need of the client. */
export interface Core {
  /** @param reading `'nothing'` leaves the body of a success unread */
  send(call: Call, reading?: Reading): Promise<Answer>;
  /** Sends to other servers: without token, headers or retries of the client. */
  readonly elsewhere: Fetch;
  /** Base URL without a slash at the end. */
  readonly baseUrl: string;
  /** Base URLs that the API's own links may name: the client's and the document's servers. */
  readonly servers: readonly string[];
}
