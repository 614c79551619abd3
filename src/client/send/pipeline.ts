import type { TokenSource } from '../auth/token-source.js';
import { ConnectionError, TimeoutError } from '../errors/connection-error.js';
import type { Logger } from '../observe/logger.js';
import type { Watch } from '../observe/watch.js';
import type { ValidateMode } from '../options.js';
import type { QuotaCounter } from '../quota/quota.js';
import { hasAuthorization } from '../request/headers.js';
import type { RequestHeaders } from '../request/request-headers.js';
import { success } from './answer.js';
import { attempt, type Outcome, type Send } from './attempt.js';
import type { Answer, Call } from './core.js';
import { lazy } from './lazy.js';
import type { RetryPolicy } from './retry.js';
import type { Run } from './run.js';

/** Milliseconds that an attempt may take where nothing is said. */
const DEFAULT_TIMEOUT = 30_000;

/** Milliseconds after which a token is asked for again: a wait may have outlasted the one before it. */
const LONG_WAIT = 1_000;

export interface PipelineSettings {
  readonly send: Send;
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

/**
 * What lies between a call and its answer: token, quota and attempt here, and in `recovery.ts` what follows a failure. As
 * long as nothing has to be waited for but the answer, a call makes no promise more than it needs.
 */
export class Pipeline {
  readonly settings: PipelineSettings;
  /** The server has answered, and never kept a call waiting for too long. */
  #prompt: boolean | undefined;
  readonly #validator = lazy(async () => (await import('./validate.js')).validate);
  readonly #waiting = lazy(() => import('./abortable.js'));

  constructor(settings: PipelineSettings) {
    this.settings = settings;
  }

  run(call: Call, url: string, body: BodyInit | undefined): Promise<Answer> {
    const tokens = this.#tokensFor(call);
    const watch = this.settings.watch?.();
    const { options } = call;
    const begin = (tokens: TokenSource | undefined, watch: Watch | undefined) =>
      this.attempt({
        call,
        url,
        body,
        tokens,
        watched: watch?.call(call, url),
        timeout: options?.timeout ?? this.settings.timeout ?? DEFAULT_TIMEOUT,
        validating: options?.validate ?? this.settings.validate,
        failures: 0,
        renewed: undefined,
        token: undefined,
        sent: {},
        counter: this.settings.quota.anonymous,
        ticket: undefined,
      });
    return tokens instanceof Promise || watch instanceof Promise
      ? Promise.all([tokens, watch]).then((loaded) => begin(...loaded))
      : begin(tokens, watch);
  }

  /** An attempt, and those that follow where it fails. */
  attempt(run: Run): Promise<Answer> {
    const waiting = this.#prepare(run);
    return waiting ? waiting.then(() => this.#send(run)) : this.#send(run);
  }

  /** The source's token, within the time that the call has. */
  async tokenOf(run: Run, token: string | Promise<string> | undefined): Promise<string> {
    const pending = Promise.resolve(token as string);
    // It may fail while the module loads.
    pending.catch(() => {});
    return (await this.#waiting()).tokenWithin(pending, run);
  }

  /** Checks an answer in the mode given; a promise where the validators have to be loaded first. */
  validate(mode: ValidateMode, run: Run, answer: Answer): void | Promise<void> {
    const { logger } = this.settings;
    const validate = this.#validator();
    if (validate instanceof Promise) return validate.then((loaded) => loaded(mode, logger, run, answer));
    validate(mode, logger, run, answer);
  }

  /** Gets the run its token and its place in the quota. */
  #prepare(run: Run): void | Promise<void> {
    const { call, tokens } = run;
    call.options?.signal?.throwIfAborted();
    const token = run.renewed ?? tokens?.token();
    if (!tokens || (token && typeof token === 'string')) return this.#admit(run, token as string | undefined);
    return this.tokenOf(run, token).then((token) => this.#admit(run, token));
  }

  #admit(run: Run, token: string | undefined): void | Promise<void> {
    this.#address(run, token);
    const { quota } = this.settings;
    run.counter = run.sent.authorization === undefined ? quota.anonymous : quota.authorized;
    const ticket = run.counter.admit(run.call.options?.signal);
    if (typeof ticket === 'object') return this.#admitLater(run, ticket);
    run.ticket = ticket;
  }

  async #admitLater(run: Run, ticket: Promise<number>): Promise<void> {
    const since = Date.now();
    run.ticket = await ticket;
    if (!run.tokens || Date.now() - since <= LONG_WAIT) return;
    try {
      this.#address(run, await this.tokenOf(run, run.tokens.token()));
    } catch (error) {
      run.counter.settle(run.ticket, undefined);
      throw error;
    }
  }

  #address(run: Run, token: string | undefined): void {
    run.token = token;
    run.sent = this.settings.headers.of(run.call, token, run.body);
  }

  #send(run: Run): Promise<Answer> {
    // A signal, by which time running out ends the request itself, costs a tenth of its CPU time. Who sets no limit pays
    // for none, as long as the server answers.
    const { options } = run.call;
    const limited = (options?.timeout ?? this.settings.timeout ?? options?.signal) !== undefined;
    run.watched?.request(run.sent);
    return attempt(this.settings.send, run, limited || !this.#prompt).then(
      (outcome) => this.#answered(run, outcome),
      (error: unknown) => this.#broke(run, error),
    );
  }

  #answered(run: Run, outcome: Outcome): Answer | Promise<Answer> {
    this.#prompt ??= true;
    run.counter.settle(run.ticket, outcome.response.headers);
    run.watched?.response(outcome, undefined);
    if (!outcome.ok) return this.#recover(run, outcome, undefined);
    const answer = success(run, outcome);
    if (run.validating === 'off' || run.call.raw || answer instanceof Promise) return answer;
    return this.validate(run.validating, run, answer)?.then(() => answer) ?? answer;
  }

  #broke(run: Run, error: unknown): Promise<Answer> {
    if (error instanceof TimeoutError) this.#prompt = false;
    run.counter.settle(run.ticket, undefined);
    run.watched?.response(undefined, error);
    if (!(error instanceof ConnectionError)) throw error;
    return this.#recover(run, undefined, error);
  }

  /** Apart from the client's core: as long as all goes well, calls do without. */
  async #recover(run: Run, outcome: Outcome | undefined, error: unknown): Promise<Answer> {
    const { recover } = await import('./recovery.js');
    return recover(this, run, outcome, error);
  }

  /** The source of the call's token, unless it or the client's headers bring one, or it needs none. */
  #tokensFor({ row, options }: Call): TokenSource | undefined | Promise<never> {
    const { tokens, headers } = this.settings;
    if (headers.authorized || (options?.headers && hasAuthorization(options.headers))) return undefined;
    if (!tokens && !row.public) return import('./recovery.js').then(({ noToken }) => noToken(row));
    return tokens;
  }
}
