import type { HeaderValues, RequestOptions } from '../options.js';
import type { OperationRow } from '../resource/operation-row.js';

/** Query parameters by name, or the query string itself. */
export type Query = Readonly<Record<string, unknown>> | string;

/** One call of an operation, before it is a request. */
export interface Call {
  readonly row: OperationRow;
  /** The row's path with its parameters filled in. */
  readonly path: string;
  readonly query: Query | undefined;
  /** Header parameters. */
  readonly headers: HeaderValues | undefined;
  readonly body: unknown;
  /** Send the body as it is. */
  readonly verbatim: boolean;
  readonly options: RequestOptions | undefined;
  /** Answer with the body unread; counts until the response is there. */
  raw: boolean;
  /** Answer whatever the status is, in place of throwing. */
  readonly anyStatus: boolean;
  /** Told of a success as soon as its headers are there. */
  readonly onHeaders: ((response: Response) => void) | undefined;
}

/** What a call came to. */
export interface Answer {
  /** The parsed body; undefined where it is left unread or there is none. */
  readonly data: unknown;
  readonly response: Response;
}

/** What resources need of the client. */
export interface Core {
  /** @throws at once, or in its promise, where the call comes to nothing */
  send(call: Call): Promise<Answer>;
  /** Base URL without a slash at the end. */
  readonly baseUrl: string;
  /** Base URLs that the API's own links may name: the client's and the document's servers. */
  readonly servers: readonly string[];
}
