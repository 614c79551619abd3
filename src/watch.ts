import type { Call } from './core.js';
import type { Logger } from './logger.js';
import type { AttemptEvent, Observers } from './observers.js';
import { reason } from './reason.js';
import { authorizationSecrets, redact, redactHeaders } from './redact.js';

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
      // Spelled out: a spread into a longer object takes as long as all else that is done here for a request.
      const { callId, operationId, method, url, attempt } = this.#event();
      const status = response?.status;
      const headers = response?.headers;
      const secret = this.#authorization;
      this.#tell(onResponse, {
        callId,
        operationId,
        method,
        url,
        attempt,
        status,
        // Most observers never look, so what a server repeats is only sought when one does.
        get headers() {
          return headers && withoutSecret(headers, secret);
        },
        error,
        duration,
      });
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

function withoutSecret(headers: Headers, authorization: string | undefined): Headers {
  const secrets = authorizationSecrets(authorization);
  const safe = new Headers();
  for (const [name, value] of headers) safe.append(name, redact(value, ...secrets));
  return safe;
}
