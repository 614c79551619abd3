import type { Call } from './core.js';
import type { Logger } from './logger.js';
import type { AttemptEvent, Observers } from './observers.js';
import { reason } from './reason.js';
import { redactHeaders } from './redact.js';

/** Tells observers and log of the attempts of all calls. */
export class Watch {
  readonly #observers: Observers;
  readonly #logger: Logger;
  #calls = 0;

  constructor(observers: Observers, logger: Logger) {
    this.#observers = observers;
    this.#logger = logger;
  }

  call(call: Call, url: string): WatchedCall {
    this.#calls += 1;
    return new WatchedCall(this.#observers, this.#logger, this.#calls, call, url);
  }
}

class WatchedCall {
  readonly #observers: Observers;
  readonly #logger: Logger;
  readonly #event: Omit<AttemptEvent, 'attempt'>;
  #attempt = 0;
  #sent = 0;

  constructor(observers: Observers, logger: Logger, callId: number, { row }: Call, url: string) {
    this.#observers = observers;
    this.#logger = logger;
    this.#event = { callId, operationId: row.id, method: row.method, url };
  }

  request(headers: Readonly<Record<string, string>>): void {
    this.#attempt += 1;
    const { onRequest } = this.#observers;
    if (onRequest) this.#tell(onRequest, { ...this.#now(), headers: redactHeaders(headers) });
    this.#sent = performance.now();
  }

  response(response: Response | undefined, error: unknown): void {
    const duration = performance.now() - this.#sent;
    const status = response?.status;
    const { method, url } = this.#event;
    this.#logger.debug(`${method} ${url}: ${status ?? reason(error)} in ${duration.toFixed(1)} ms`);
    const { onResponse } = this.#observers;
    if (onResponse)
      this.#tell(onResponse, { ...this.#now(), status, headers: response?.headers, error, duration });
  }

  retry(delay: number, response: Response | undefined, error: unknown): void {
    const status = response?.status;
    const { method, url } = this.#event;
    this.#logger.info(
      `${method} ${url}: attempt ${this.#attempt} ended with ${status ?? reason(error)}, next in ${Math.round(delay)} ms`,
    );
    const { onRetry } = this.#observers;
    if (onRetry) this.#tell(onRetry, { ...this.#now(), status, error, delay });
  }

  #now(): AttemptEvent {
    return { ...this.#event, attempt: this.#attempt };
  }

  /** An observer's own failure must not change what it observes. */
  #tell<E>(observer: (event: E) => void, event: E): void {
    try {
      observer(event);
    } catch (error) {
      this.#logger.error(`an observer failed: ${reason(error)}`);
    }
  }
}
