/** What the events of one attempt have in common. No secret is in them. */
export interface AttemptEvent {
  /** The same for all attempts of one call, and no other call's. */
  readonly callId: number;
  /** The document's id of the operation. */
  readonly operationId: string;
  /** HTTP method, in capitals. */
  readonly method: string;
  /** Absolute URL, with its query. */
  readonly url: string;
  /** Counted from 1. */
  readonly attempt: number;
}

/** An attempt is about to be sent. */
export interface RequestEvent extends AttemptEvent {
  /** Request headers, without the values of those that are named after a secret: `authorization`, `cookie`, keys, tokens. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An attempt has ended. */
export interface ResponseEvent extends AttemptEvent {
  /** HTTP status; undefined where no complete answer came. */
  readonly status: number | undefined;
  /** Response headers, where there was a response; read from the event itself, as a spread leaves them out. */
  readonly headers: Headers | undefined;
  /** Why no complete answer came; undefined where one did. */
  readonly error: unknown;
  /** Milliseconds from sending the request to the end of its body; with `asResponse()`, to its headers. */
  readonly duration: number;
}

/** An attempt failed, and another will follow after a wait; the one with a new token, which waits for nothing, isn't told. */
export interface RetryEvent extends AttemptEvent {
  /** Milliseconds that the client waits before the next attempt. */
  readonly delay: number;
  /** HTTP status of the attempt that failed; undefined where no complete answer came. */
  readonly status: number | undefined;
  /** Why no complete answer came; undefined where one did. */
  readonly error: unknown;
}

/** Are told what the client does; they change nothing, and what they throw is logged and goes no further. */
export interface Observers {
  /** Told of each attempt before it is sent. Default: none. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Told how each attempt ended: with a response, or with an error. Default: none. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Told of each wait (milliseconds) before another attempt. Default: none. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
}
