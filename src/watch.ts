import type { Call } from './core.js';
import type { Logger } from './logger.js';
import type { AttemptEvent, Observers, ResponseEvent } from './observers.js';
import { reason } from './reason.js';
import { hiderOf, redactHeaders, redactResponseHeaders } from './redact.js';

/** Tells observers and log of the attempts of all calls. */
export class Watch {
  readonly observers: Observers;
  readonly logger: Logger;
  /** Whether attempts that end well are logged too. */
  readonly verbose: boolean;
  readonly #redacted = new WeakMap<object, Readonly<Record<string, string>>>();
  #calls = 0;

  constructor(observers: Observers, logger: Logger, verbose: boolean) {
    this.observers = observers;
    this.logger = logger;
    this.verbose = verbose;
  }

  call(call: Call, url: string): WatchedCall {
    this.#calls += 1;
    return new WatchedCall(this, this.#calls, call, url);
  }

  /** Headers as observers see them: most requests have the same, so they are copied once. */
  redacted(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    let safe = this.#redacted.get(headers);
    if (!safe) {
      safe = Object.freeze(redactHeaders(headers));
      this.#redacted.set(headers, safe);
    }
    return safe;
  }
}

class WatchedCall {
  readonly #watch: Watch;
  readonly #callId: number;
  readonly #call: Call;
  readonly #url: string;
  #attempt = 0;
  #sent = 0;
  #authorization: string | undefined;

  constructor(watch: Watch, callId: number, call: Call, url: string) {
    this.#watch = watch;
    this.#callId = callId;
    this.#call = call;
    this.#url = url;
  }

  request(headers: Readonly<Record<string, string>>): void {
    this.#attempt += 1;
    this.#authorization = headers.authorization;
    const { onRequest } = this.#watch.observers;
    if (onRequest) this.#tell(onRequest, { ...this.#event(), headers: this.#watch.redacted(headers) });
    this.#sent = performance.now();
  }

  response(response: Response | undefined, error: unknown): void {
    const duration = performance.now() - this.#sent;
    const { observers, logger, verbose } = this.#watch;
    if (verbose)
      logger.debug(`${this.#title()}: ${response?.status ?? reason(error)} in ${duration.toFixed(1)} ms`);
    const { onResponse } = observers;
    if (onResponse) {
      this.#tell(onResponse, new Ended(this.#event(), response, error, duration, this.#authorization));
    }
  }

  retry(delay: number, response: Response | undefined, error: unknown): void {
    const status = response?.status;
    this.#watch.logger.info(
      `${this.#title()}: attempt ${this.#attempt} ended with ${status ?? reason(error)}, next in ${Math.round(delay)} ms`,
    );
    const { onRetry } = this.#watch.observers;
    if (onRetry) this.#tell(onRetry, { ...this.#event(), status, error, delay });
  }

  #event(): AttemptEvent {
    const { id: operationId, method } = this.#call.row;
    return { callId: this.#callId, operationId, method, url: this.#url, attempt: this.#attempt };
  }

  #title(): string {
    return `${this.#call.row.method} ${this.#url}`;
  }

  /** An observer's own failure must not change what it observes. */
  #tell<E>(observer: (event: E) => unknown, event: E): void {
    const failed = (error: unknown) => this.#watch.logger.error(`an observer failed: ${reason(error)}`);
    try {
      const told = observer(event);
      if (told instanceof Promise) told.catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}

/** A class, as an object with a getter of its own takes longer to make than all else that is done here for a request. */
class Ended implements ResponseEvent {
  readonly callId: number;
  readonly operationId: string;
  readonly method: string;
  readonly url: string;
  readonly attempt: number;
  readonly status: number | undefined;
  readonly error: unknown;
  readonly duration: number;
  readonly #headers: Headers | undefined;
  readonly #authorization: string | undefined;

  constructor(
    event: AttemptEvent,
    response: Response | undefined,
    error: unknown,
    duration: number,
    authorization: string | undefined,
  ) {
    this.callId = event.callId;
    this.operationId = event.operationId;
    this.method = event.method;
    this.url = event.url;
    this.attempt = event.attempt;
    this.status = response?.status;
    this.error = error;
    this.duration = duration;
    this.#headers = response?.headers;
    this.#authorization = authorization;
  }

  /** What a server repeats of the token is only sought when an observer looks. */
  get headers(): Headers | undefined {
    return this.#headers && redactResponseHeaders(this.#headers, hiderOf(this.#authorization));
  }
}
