import { success } from './answer.js';
import { attempt, discard, type Init, type Outcome } from './attempt.js';
import type { TokenSource } from './auth/token-source.js';
import type { Answer, Call } from './core.js';
import { ConnectionError, TimeoutError } from './errors/connection-error.js';
import { type HeaderFields, hasAuthorization } from './headers.js';
import { lazy } from './lazy.js';
import type { Logger } from './logger.js';
import type { Fetch, ValidateMode } from './options.js';
import type { QuotaCounter } from './quota.js';
import type { RequestHeaders } from './request-headers.js';
import type { RetryPolicy } from './retry.js';
import type { Watch } from './watch.js';

/** Milliseconds that an attempt may take where nothing is said. */
const DEFAULT_TIMEOUT = 30_000;

/** Milliseconds after which a token is asked for again: a wait may have outlasted the one before it. */
const LONG_WAIT = 1_000;

export interface PipelineSettings {
  readonly fetch: Fetch;
  readonly headers: RequestHeaders;
  readonly tokens: TokenSource | undefined;
  /** Milliseconds. */
  readonly timeout: number | undefined;
  readonly retry: RetryPolicy;
  /** Counts of the calls with a token, and of those without. */
  readonly quota: { readonly authorized: QuotaCounter; readonly anonymous: QuotaCounter };
  readonly validate: ValidateMode;
  readonly watch: (() => Watch | Promise<Watch>) | undefined;
  readonly logger: Logger;
}

/** What lies between a call and its answer: token, quota, attempts and the waits between them. */
export class Pipeline {
  readonly #settings: PipelineSettings;
  /** The server has answered, and never kept a call waiting for too long. */
  #prompt: boolean | undefined;
  readonly #validator = lazy(async () => (await import('./validate.js')).validate);
  readonly #waiting = lazy(() => import('./abortable.js'));

  constructor(settings: PipelineSettings) {
    this.#settings = settings;
  }

  async run(call: Call, url: string, body: BodyInit | undefined): Promise<Answer> {
    const { row, options } = call;
    const signal = options?.signal;
    const { headers, quota, retry, watch } = this.#settings;
    const source = this.#tokensFor(call);
    const tokens = source instanceof Promise ? await source : source;
    const policy = options?.maxRetries === undefined ? retry : { ...retry, maxRetries: options.maxRetries };
    const watching = watch?.();
    const watched = (watching instanceof Promise ? await watching : watching)?.call(call, url);
    let failures = 0;
    let renewed: string | undefined;
    for (;;) {
      signal?.throwIfAborted();
      const given = renewed ?? tokens?.token();
      let token = given && typeof given === 'string' ? given : tokens && (await this.#wait(given, call, url));
      let sent = headers.of(call, token, body);
      const counter = sent.authorization === undefined ? quota.anonymous : quota.authorized;
      const admission = counter.admit(signal);
      let ticket: number | undefined;
      if (typeof admission === 'object') {
        const since = Date.now();
        ticket = await admission;
        try {
          if (tokens && Date.now() - since > LONG_WAIT) {
            token = await this.#wait(tokens.token(), call, url);
            sent = headers.of(call, token, body);
          }
        } catch (error) {
          counter.settle(ticket, undefined);
          throw error;
        }
      } else ticket = admission;
      watched?.request(sent);
      let outcome: Outcome | undefined;
      let error: unknown;
      try {
        outcome = await this.#attempt(call, url, sent, body);
        this.#prompt ??= true;
      } catch (thrown) {
        error = thrown;
        if (thrown instanceof TimeoutError) this.#prompt = false;
      }
      const response = outcome?.response;
      counter.settle(ticket, response?.headers);
      watched?.response(response, error);
      if (outcome?.response.ok) {
        const answer = success(call, url, outcome, sent);
        const mode = this.#modeOf(call);
        if (mode === 'off' || call.raw || answer instanceof Promise) return answer;
        const validating = this.#validate(mode, call, answer, sent);
        if (validating) await validating;
        return answer;
      }
      if (error !== undefined && !(error instanceof ConnectionError)) throw error;

      if (response?.status === 401 && renewed === undefined && token !== undefined && tokens?.reject) {
        tokens.reject(token);
        renewed = await this.#wait(tokens.token(), call, url);
        if (renewed !== token) {
          discard(outcome);
          continue;
        }
      }
      renewed = undefined;
      failures += 1;
      // Apart from the client's core: as long as all goes well, calls do without.
      const { retryDelay, sleep } = await import('./retry.js');
      const delay = retryDelay(policy, row.method, failures, response?.status, response?.headers);
      if (delay === undefined) {
        if (!outcome) throw error;
        return this.#failed(call, url, outcome, sent);
      }
      watched?.retry(delay, response, error);
      discard(outcome);
      await sleep(delay, signal);
    }
  }

  #attempt(call: Call, url: string, headers: HeaderFields, body: BodyInit | undefined): Promise<Outcome> {
    // Never followed: a redirect would take the token to wherever it points.
    const init: Init = { method: call.row.method, headers, redirect: 'manual' };
    if (body !== undefined) init.body = body;
    const { fetch } = this.#settings;
    const timeout = this.#timeoutOf(call);
    // A signal, by which time running out ends the request itself, costs a tenth of its CPU time. Who sets no limit pays
    // for none, as long as the server answers.
    const cancel = !this.#prompt || timeout !== DEFAULT_TIMEOUT || call.options?.signal !== undefined;
    return attempt(fetch, call, url, init, timeout, cancel);
  }

  async #wait(token: string | Promise<string> | undefined, call: Call, url: string): Promise<string> {
    const pending = Promise.resolve(token as string);
    // It may fail while the module loads.
    pending.catch(() => {});
    return (await this.#waiting()).tokenWithin(pending, call, url, this.#timeoutOf(call));
  }

  #timeoutOf({ options }: Call): number {
    return options?.timeout ?? this.#settings.timeout ?? DEFAULT_TIMEOUT;
  }

  /** The source of the call's token, unless it or the client's headers bring one, or it needs none. */
  #tokensFor({ row, options }: Call): TokenSource | undefined | Promise<never> {
    const { tokens, headers } = this.#settings;
    if (headers.authorized || (options?.headers && hasAuthorization(options.headers))) return undefined;
    if (!tokens && !row.public) return import('./failure.js').then(({ noToken }) => noToken(row));
    return tokens;
  }

  #modeOf({ options }: Call): ValidateMode {
    return options?.validate ?? this.#settings.validate;
  }

  #validate(mode: ValidateMode, { row }: Call, answer: Answer, sent: HeaderFields): void | Promise<void> {
    const { logger } = this.#settings;
    const validate = this.#validator();
    if (validate instanceof Promise)
      return validate.then((loaded) => loaded(mode, logger, row, answer, sent));
    validate(mode, logger, row, answer, sent);
  }

  async #failed(call: Call, url: string, outcome: Outcome, sent: HeaderFields): Promise<Answer> {
    const { failure } = await import('./failure.js');
    // The status is the news; how its body departs from the document only goes to the log.
    if (this.#modeOf(call) !== 'off' && outcome.text !== undefined)
      await this.#validate('warn', call, failure({ ...call, anyStatus: true }, url, outcome, sent), sent);
    return failure(call, url, outcome, sent);
  }
}
