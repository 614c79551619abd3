import { EvEnergyError } from './base.js';

/**
 * No complete answer came: the connection failed, or was cut within the body, whose start the message then shows.
 * `cause` tells what the transport's error did: its name, code, message and stack, and those of its causes.
 */
export class ConnectionError extends EvEnergyError {
  readonly operationId: string;
  readonly method: string;
  readonly url: string;

  static {
    ConnectionError.prototype.name = 'ConnectionError';
  }

  constructor(
    message: string,
    request: { operationId: string; method: string; url: string },
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.operationId = request.operationId;
    this.method = request.method;
    this.url = request.url;
  }
}

/** The attempt, or the wait for its token, took longer than `timeout`. */
export class TimeoutError extends ConnectionError {
  static {
    TimeoutError.prototype.name = 'TimeoutError';
  }
}
