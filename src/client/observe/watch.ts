import { hiderOf, redactHeaders, redactResponseHeaders, shownOf } from '../exit/redact.js';
import type { ApiRequest, ResponseHeaders } from '../send/request.js';
import type { Logger } from './logger.js';
import type { AttemptEvent, Observers, ResponseEvent } from './observers.js';
import { reason } from './reason.js';

/** Tells observers and log of the attempts of all calls. */
export class Watch {
  readonly #observers: Observers;
  readonly #logger: Logger;

  constructor(observers: Observers, logger: Logger) {
    this.#observers = observers;
    this.#logger = logger;
  }

  /** An attempt is about to be sent. */
  request(request: ApiRequest): void {
    const { onRequest } = this.#observers;
    if (onRequest)
      this.#tell(onRequest, {
        ...eventOf(request),
        headers: redactHeaders(request.headers, hiderOf(request)),
      });
  }

  /** An attempt has ended: with a response, or with an error. */
  response(
    request: ApiRequest,
    outcome: Pick<ResponseEvent, 'status' | 'error' | 'duration'> & {
      readonly headers: ResponseHeaders | undefined;
    },
  ): void {
    const { status, headers, error, duration } = outcome;
    this.#logger.debug(`${title(request)}: ${status ?? reason(error)} in ${duration.toFixed(1)} ms`);
    const { onResponse } = this.#observers;
    if (!onResponse) return;
    // A server may repeat a secret.
    const shown = headers && redactResponseHeaders(headers, hiderOf(request));
    this.#tell(onResponse, { ...eventOf(request), status, headers: shown, error, duration });
  }

  /** An attempt has failed, and another will follow after the delay. */
  retry(request: ApiRequest, delay: number, status: number | undefined, error: unknown): void {
    this.#logger.info(
      `${title(request)}: attempt ${request.call.attempt} ended with ${status ?? reason(error)}, next in ${Math.round(delay)} ms`,
    );
    const { onRetry } = this.#observers;
    if (onRetry) this.#tell(onRetry, { ...eventOf(request), delay, status, error });
  }

  /** An observer's own failure must not change what it observes. */
  async #tell<E>(observer: (event: E) => unknown, event: E): Promise<void> {
    try {
      await observer(event);
    } catch (error) {
      this.#logger.error(`an observer failed: ${reason(error)}`);
    }
  }
}

function eventOf(request: ApiRequest): AttemptEvent {
  const { id, attempt } = request.call;
  return { callId: id, ...shownOf(request), attempt };
}

function title(request: ApiRequest): string {
  const { method, url } = shownOf(request);
  return `${method} ${url}`;
}
