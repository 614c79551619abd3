import type { Redactor } from '../exit/redactor.js';
import type { OperationRow } from '../resource/operation-row.js';
import type { ValidateMode } from '../validation.js';

/** How much of a success the transport reads: its text, its bytes, or nothing, so that the caller can read it. */
export type Reading = 'text' | 'blob' | 'nothing';

/** One request on its way through the layers. Each attempt sends the same one. */
export interface ApiRequest {
  readonly operation: OperationRow;
  readonly method: string;
  readonly url: string;
  /** This request's own. `authorize` sets the token here. */
  readonly headers: Headers;
  /** Of `RequestInit`, for Node's types have no name for it. */
  readonly body: NonNullable<RequestInit['body']> | undefined;
  /** The caller's signal; behind the time limit, one that also ends the attempt when its time is over. */
  readonly signal: AbortSignal | undefined;
  /** The caller's headers say what `authorization` to send, if any: the client adds no token. */
  readonly ownAuthorization: boolean;
  readonly reading: Reading;
  /** Milliseconds that each attempt may take. Default: the client's. */
  readonly timeout: number | undefined;
  /** Attempts after the first. Default: the client's. */
  readonly maxRetries: number | undefined;
  /** What becomes of an answer that departs from the document. Default: the client's. */
  readonly validate: ValidateMode | undefined;
  /** Members of `RequestInit` that only the platform's `fetch` knows, such as `cache` or `credentials`. */
  readonly platform: RequestInit | undefined;
  /** What no text may show: all that the client has learned, this request's own once it fails. */
  readonly secrets: Redactor;
  /** Tells the call's attempts apart from those of other calls, and counts them. */
  readonly call: { readonly id: number; attempt: number };
  /** Gives the token again, as `authorize` had it; absent where it sends none. */
  readonly reauthorize?: (() => Promise<void>) | undefined;
}

/** As much of the standard's `Headers` as the client reads. */
export interface ResponseHeaders extends Iterable<[string, string]> {
  get(name: string): string | null;
}

/** As much of a `Response` as the client reads: a transport may give no more than this. */
export interface ApiResponse
  extends Pick<
    Response,
    'status' | 'ok' | 'type' | 'url' | 'body' | 'text' | 'json' | 'blob' | 'arrayBuffer'
  > {
  readonly headers: ResponseHeaders;
  /** The standard's `Response`, its body unread: what a transport has that gives less itself. */
  toResponse?(): Response;
}

/** Sends a request; what is inside of a layer. */
export type Send = (request: ApiRequest) => Promise<ApiResponse>;

/** One step between a call and the server: does its part, and has `next` do the rest. */
export type Layer = (next: Send) => Send;
