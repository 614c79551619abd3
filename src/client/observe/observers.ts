/** What all events of one attempt have. They never hold a secret. */
export interface AttemptEvent {
  /** Number of the call: all attempts of one call have the same. */
  readonly callId: number;
  /** The document's id of the operation. */
  readonly operationId: string;
  /** HTTP method, in capitals. */
  readonly method: string;
  /** Absolute URL, with its query. */
  readonly url: string;
  /** Number of the attempt within its call, from 1. */
  readonly attempt: number;
}

/** The client is about to send an attempt. */
export interface RequestEvent extends AttemptEvent {
  /** Request headers. Those that hold a secret by their name (`authorization`, `cookie`, keys, tokens) read `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An attempt has ended. */
export interface ResponseEvent extends AttemptEvent {
  /** HTTP status; undefined where no complete answer came. */
  readonly status: number | undefined;
  /** Response headers; undefined where no response came. */
  readonly headers: Headers | undefined;
  /** Why no complete answer came; undefined where one did. */
  readonly error: unknown;
  /** Milliseconds from sending the request to the end of its body; with `asResponse()`, to its headers. */
  readonly duration: number;
}

/**
 * An attempt failed, and the client will try again after a wait. A request that goes again at once with a renewed token,
 * after a 401, is no retry in this sense.
 */
export interface RetryEvent extends AttemptEvent {
  /** Milliseconds that the client waits before the next attempt. */
  readonly delay: number;
  /** HTTP status of the attempt that failed; undefined where no complete answer came. */
  readonly status: number | undefined;
  /** Why no complete answer came; undefined where one did. */
  readonly error: unknown;
}

/** Functions that the client calls while it works. An error that one of them throws is logged, and fails no call. */
export interface Observers {
  /** Called before each attempt is sent. Default: none. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Called when an attempt has ended, with a response or with an error. Default: none. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Called before the client waits for its next attempt. Default: none. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
}
