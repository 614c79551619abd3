import { EvEnergyError } from './base.js';

/**
 * No complete answer came: the connection failed, or broke off inside the body, whose start the message then shows.
 * `cause` is a copy of the transport's error: its name, code, message and stack, and those of its causes.
 */
export class ConnectionError extends EvEnergyError {
  /** The document's id of the operation; for a path that it lacks, the method and the path. */
  declare readonly operationId: string;
  /** HTTP method, in capitals. */
  declare readonly method: string;
  /** Absolute URL of the request, without secrets. */
  declare readonly url: string;

  static {
    ConnectionError.prototype.name = 'ConnectionError';
  }

  constructor(
    message: string,
    request: { operationId: string; method: string; url: string },
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    const { operationId, method, url } = request;
    Object.assign(this, { operationId, method, url });
  }
}

/** The attempt, or the wait for its token, took longer than `timeout`. */
export class TimeoutError extends ConnectionError {
  static {
    TimeoutError.prototype.name = 'TimeoutError';
  }
}
