import type { Redactor } from '../exit/redactor.js';
import type { OperationRow } from '../resource/operation-row.js';
import type { ValidateMode } from '../validation.js';
import type { Deadline } from '../wait/abort.js';

/** How the transport reads a success: as text, as bytes, or not at all, so that the caller can read it. */
export type Reading = 'text' | 'blob' | 'nothing';

/** One request on its way through the layers. All attempts send the same one. */
export interface ApiRequest {
  readonly operation: OperationRow;
  readonly method: string;
  readonly url: string;
  /** Belongs only to this request. `authorize` sets the token here. */
  readonly headers: Headers;
  /** Typed through `RequestInit`, since Node's types have no name for a body. */
  readonly body: NonNullable<RequestInit['body']> | undefined;
  /** The caller's signal. */
  readonly signal: AbortSignal | undefined;
  /** From the time limit inwards: ends with the caller's signal, and when the attempt's time is up. */
  readonly limit: Pick<Deadline, 'over' | 'signal'> | undefined;
  /** Whether the caller's own headers decide about `authorization`; the client then adds no token. */
  readonly ownAuthorization: boolean;
  readonly reading: Reading;
  /** Milliseconds that each attempt may take. Default: the client's. */
  readonly timeout: number | undefined;
  /** Retries after the first attempt. Default: the client's. */
  readonly maxRetries: number | undefined;
  /** What to do with an answer that departs from the document. Default: the client's. */
  readonly validate: ValidateMode | undefined;
  /** Members of `RequestInit` that only the platform's `fetch` knows, such as `cache` or `credentials`. */
  readonly platform: RequestInit | undefined;
  /** What no text may show: the client's secrets, and this request's own once it has failed. */
  readonly secrets: Redactor;
  /** Identifies the call among all calls, and counts its attempts. */
  readonly call: { readonly id: number; attempt: number };
  /** Fetches the token again and sets it, as `authorize` did; undefined if the client adds none. */
  readonly reauthorize: (() => Promise<void>) | undefined;
}

/** The part of the standard's `Headers` that the client uses. */
export interface ResponseHeaders extends Iterable<[string, string]> {
  get(name: string): string | null;
}

/** The part of the standard's `Response` that the client uses; a transport needn't return more. */
export interface ApiResponse
  extends Pick<
    Response,
    'status' | 'ok' | 'type' | 'url' | 'body' | 'text' | 'json' | 'blob' | 'arrayBuffer'
  > {
  readonly headers: ResponseHeaders;
  /** The standard's `Response`, with its body unread. A transport that returns less than a `Response` provides this. */
  toResponse?(): Response;
}

/** Sends a request. A layer calls the next one inwards through it. */
export type Send = (request: ApiRequest) => Promise<ApiResponse>;

/** One step between a call and the server: does its part, and calls `next` for the rest. */
export type Layer = (next: Send) => Send;
