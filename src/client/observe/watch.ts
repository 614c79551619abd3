import { hiderOf, redactHeaders, redactResponseHeaders, shownOf } from '../exit/redact.js';
import type { ApiRequest, ResponseHeaders } from '../send/request.js';
import type { LeveledLogger } from './logger.js';
import type { AttemptEvent, Observers, ResponseEvent } from './observers.js';
import { reason } from './reason.js';

/** How an attempt ended. */
interface Outcome extends Pick<ResponseEvent, 'status' | 'error' | 'duration'> {
  readonly headers: ResponseHeaders | undefined;
}

/** An attempt that was reported to the observers. */
interface Told {
  readonly request: ApiRequest;
  readonly event: AttemptEvent;
}

/** Reports the attempts of all calls to the observers and to the log. */
export class Watch {
  readonly #observers: Observers;
  readonly #logger: LeveledLogger;

  constructor(observers: Observers, logger: LeveledLogger) {
    this.#observers = observers;
    this.#logger = logger;
  }

  /** Call it before an attempt is sent. Returns what `response` needs. */
  request(request: ApiRequest): Told {
    // We list the headers only once, since that is slow on some platforms.
    const headers = [...request.headers];
    const hide = hiderOf({ secrets: request.secrets, headers });
    const event = eventOf(request, hide);
    const { onRequest } = this.#observers;
    // No spread here and below: V8 is slow for each member that follows one, and before it, logs would start with headers.
    if (onRequest) this.#tell(onRequest, Object.assign({}, event, { headers: redactHeaders(headers, hide) }));
    return { request, event };
  }

  /** Call it when an attempt has ended, with a response or an error. */
  response({ request, event }: Told, { status, headers, error, duration }: Outcome): void {
    this.#logger.debug(() => `${title(request)}: ${status ?? reason(error)} in ${duration.toFixed(1)} ms`);
    const { onResponse } = this.#observers;
    if (!onResponse) return;
    const fields = headers && [...headers];
    // A server may repeat a secret in its headers.
    const hide = hiderOf({ secrets: request.secrets, headers: fields ?? [] });
    const shown = fields && redactResponseHeaders(fields, hide);
    this.#tell(onResponse, Object.assign({}, event, { status, headers: shown, error, duration }));
  }

  /** Call it when an attempt has failed and another one follows after the delay. */
  retry(request: ApiRequest, delay: number, status: number | undefined, error: unknown): void {
    this.#logger.info(
      () =>
        `${title(request)}: attempt ${request.call.attempt} ended with ${status ?? reason(error)}, next in ${Math.round(delay)} ms`,
    );
    const { onRetry } = this.#observers;
    if (onRetry) this.#tell(onRetry, { ...eventOf(request, hiderOf(request)), delay, status, error });
  }

  /** If an observer throws, the call must not fail. */
  async #tell<E>(observer: (event: E) => unknown, event: E): Promise<void> {
    try {
      await observer(event);
    } catch (error) {
      this.#logger.error(`an observer failed: ${reason(error)}`);
    }
  }
}

function eventOf(request: ApiRequest, hide: (text: string) => string): AttemptEvent {
  const { id, attempt } = request.call;
  return { callId: id, ...shownOf(request, hide), attempt };
}

function title(request: ApiRequest): string {
  const { method, url } = shownOf(request);
  return `${method} ${url}`;
}
