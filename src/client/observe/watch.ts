import type { HeaderFields } from '../request/headers.js';
import type { Outcome } from '../send/attempt.js';
import type { Call } from '../send/core.js';
import { isThenable } from '../send/thenable.js';
import type { Logger } from './logger.js';
import type { AttemptEvent, Observers, RequestEvent, ResponseEvent, RetryEvent } from './observers.js';
import { reason } from './reason.js';
import { hiderOf, redactHeaders, redactResponseHeaders } from './redact.js';

/** Tells observers and log of the attempts of all calls. */
export class Watch {
  readonly observers: Observers;
  readonly logger: Logger;
  /** Whether attempts that end well are logged too. */
  readonly verbose: boolean;
  #calls = 0;
  #sent: HeaderFields | undefined;
  #shown: HeaderFields = {};

  constructor(observers: Observers, logger: Logger, verbose: boolean) {
    this.observers = observers;
    this.logger = logger;
    this.verbose = verbose;
  }

  call(call: Call, url: string): WatchedCall {
    this.#calls += 1;
    return new WatchedCall(this, this.#calls, call, url);
  }

  /** Headers as observers see them. Most requests have the same, so a copy serves until there are others. */
  redacted(headers: HeaderFields): HeaderFields {
    if (headers !== this.#sent) {
      this.#shown = Object.freeze(redactHeaders(headers));
      this.#sent = headers;
    }
    return this.#shown;
  }
}

/** Tells of the attempts of one call. */
export class WatchedCall {
  readonly callId: number;
  readonly url: string;
  readonly call: Call;
  attempt = 0;
  readonly #watch: Watch;
  #sentAt = 0;
  #sent: HeaderFields = {};

  constructor(watch: Watch, callId: number, call: Call, url: string) {
    this.#watch = watch;
    this.callId = callId;
    this.call = call;
    this.url = url;
  }

  request(headers: HeaderFields): void {
    this.attempt += 1;
    this.#sent = headers;
    const { onRequest } = this.#watch.observers;
    if (onRequest) tell(this.#watch.logger, onRequest, new Begun(this, this.#watch.redacted(headers)));
    this.#sentAt = performance.now();
  }

  response(outcome: Outcome | undefined, error: unknown): void {
    const duration = performance.now() - this.#sentAt;
    const { observers, logger, verbose } = this.#watch;
    if (verbose)
      logger.debug(`${title(this)}: ${outcome?.status ?? reason(error)} in ${duration.toFixed(1)} ms`);
    const { onResponse } = observers;
    if (onResponse)
      tell(this.#watch.logger, onResponse, new Ended(this, outcome, error, duration, this.#sent));
  }

  retry(delay: number, outcome: Outcome | undefined, error: unknown): void {
    const { observers, logger } = this.#watch;
    logger.info(
      `${title(this)}: attempt ${this.attempt} ended with ${outcome?.status ?? reason(error)}, next in ${Math.round(delay)} ms`,
    );
    const { onRetry } = observers;
    if (onRetry) tell(this.#watch.logger, onRetry, new Failed(this, delay, outcome?.status, error));
  }
}

function title({ call, url }: WatchedCall): string {
  return `${call.row.method} ${url}`;
}

/** An observer's own failure must not change what it observes. */
function tell<E>(logger: Logger, observer: (event: E) => unknown, event: E): void {
  try {
    const told = observer(event);
    if (isThenable(told)) told.then(undefined, (error: unknown) => failed(logger, error));
  } catch (error) {
    failed(logger, error);
  }
}

function failed(logger: Logger, error: unknown): void {
  logger.error(`an observer failed: ${reason(error)}`);
}

/** A class, and so is each event: a spread, or a getter of each object's own, takes longer than all else that is done here. */
class Attempt implements AttemptEvent {
  readonly callId: number;
  readonly operationId: string;
  readonly method: string;
  readonly url: string;
  readonly attempt: number;

  constructor({ callId, call, url, attempt }: WatchedCall) {
    this.callId = callId;
    this.operationId = call.row.id;
    this.method = call.row.method;
    this.url = url;
    this.attempt = attempt;
  }
}

class Begun extends Attempt implements RequestEvent {
  readonly headers: HeaderFields;

  constructor(call: WatchedCall, headers: HeaderFields) {
    super(call);
    this.headers = headers;
  }
}

class Ended extends Attempt implements ResponseEvent {
  readonly status: number | undefined;
  readonly error: unknown;
  readonly duration: number;
  readonly #headers: Headers | undefined;
  readonly #sent: HeaderFields;

  constructor(
    call: WatchedCall,
    outcome: Outcome | undefined,
    error: unknown,
    duration: number,
    sent: HeaderFields,
  ) {
    super(call);
    this.status = outcome?.status;
    this.error = error;
    this.duration = duration;
    this.#headers = outcome?.response.headers;
    this.#sent = sent;
  }

  /** What a server repeats of a secret is only sought when an observer looks. */
  get headers(): Headers | undefined {
    return this.#headers && redactResponseHeaders(this.#headers, hiderOf(this.#sent));
  }
}

class Failed extends Attempt implements RetryEvent {
  readonly delay: number;
  readonly status: number | undefined;
  readonly error: unknown;

  constructor(call: WatchedCall, delay: number, status: number | undefined, error: unknown) {
    super(call);
    this.delay = delay;
    this.status = status;
    this.error = error;
  }
}
