import { QuotaReserveError } from '../../client/errors/quota-reserve-error.js';
import { RateLimitError } from '../../client/errors/status-errors.js';
import type { Clock } from '../options.js';

/** Longest wait for the quota, in milliseconds; after that we ask again, even if a longer wait was asked for. */
export const LONGEST_WAIT = 86_400_000;

/** When the quota has a request again, in milliseconds since 1970; undefined if the error isn't about the quota. */
export function againAt(error: unknown, now: number): number | undefined {
  const within = (wait: number) => now + Math.min(Math.max(1_000, wait), LONGEST_WAIT);
  if (error instanceof RateLimitError) return within((error.retryAfter ?? 60) * 1000);
  if (!(error instanceof QuotaReserveError)) return undefined;
  // A reserve that isn't below the limit is never released, so waiting doesn't help.
  if (error.reserve >= error.limit) return undefined;
  return within(error.retryAt.getTime() - now);
}

/** Holds back all requests of an export while the quota has none left. */
export class Turnstile {
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  #until = 0;

  constructor(clock: Clock, signal: AbortSignal | undefined) {
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Until when it holds requests back; undefined if it doesn't. */
  get waitingUntil(): Date | undefined {
    return this.#clock.now() < this.#until ? new Date(this.#until) : undefined;
  }

  close(until: number): void {
    this.#until = Math.max(this.#until, until);
  }

  async pass(): Promise<void> {
    for (;;) {
      this.#signal?.throwIfAborted();
      const wait = this.#until - this.#clock.now();
      if (wait <= 0) return;
      await this.#clock.sleep(wait, this.#signal);
    }
  }
}
