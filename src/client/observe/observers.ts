/** What the events of an attempt have in common. They never hold a secret. */
export interface AttemptEvent {
  /** Number of the call; the same for all its attempts. */
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
  /**
   * Request headers. Values read `[redacted]` if the name suggests a secret (`authorization`, `cookie`, keys, tokens).
   */
  readonly headers: Readonly<Record<string, string>>;
}

/** An attempt has ended. */
export interface ResponseEvent extends AttemptEvent {
  /** HTTP status; undefined if no complete answer came. */
  readonly status: number | undefined;
  /** Response headers; undefined if no response came. */
  readonly headers: Headers | undefined;
  /** Why no complete answer came; undefined if one did. */
  readonly error: unknown;
  /** Milliseconds from sending the request to the end of its body; with `asResponse()`, to its headers. */
  readonly duration: number;
}

/**
 * An attempt failed, and the client will try again after a wait. A request that is repeated at once with a renewed
 * token, after a 401, doesn't count as a retry.
 */
export interface RetryEvent extends AttemptEvent {
  /** Milliseconds that the client waits before the next attempt. */
  readonly delay: number;
  /** HTTP status of the failed attempt; undefined if no complete answer came. */
  readonly status: number | undefined;
  /** Why no complete answer came; undefined if one did. */
  readonly error: unknown;
}

/** Functions that the client calls while it works. If one throws, the client logs the error, and the call goes on. */
export interface Observers {
  /** Called before each attempt is sent. Default: none. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Called when an attempt has ended, with a response or an error. Default: none. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Called before the client waits for the next attempt. Default: none. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
}
