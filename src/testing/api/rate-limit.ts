import { rateLimited } from '../problems.js';
import type { Principal, Quota, RateLimiter } from '../world.js';

const HOUR = 3_600_000;

/** Requests per rolling hour. */
export interface RateLimit {
  /** For each application and user. Default 1000. */
  limit?: number;
  /** For each address without a token. Default 50. */
  anonymous?: number;
}

export class RollingHour implements RateLimiter {
  readonly #buckets = new Map<string, Window>();
  readonly #limits: Required<RateLimit>;
  readonly #now: () => number;

  constructor(limits: RateLimit, now: () => number) {
    this.#limits = { limit: limits.limit ?? 1000, anonymous: limits.anonymous ?? 50 };
    this.#now = now;
  }

  peek(principal: Principal): Quota {
    const limit = this.#limitOf(principal);
    return { limit, remaining: Math.max(0, limit - this.#window(principal).count(this.#now() - HOUR)) };
  }

  take(principal: Principal): Quota {
    const quota = this.peek(principal);
    const window = this.#window(principal);
    if (quota.remaining === 0) {
      const freed = (window.oldest ?? this.#now()) + HOUR;
      throw rateLimited(Math.max(1, Math.ceil((freed - this.#now()) / 1000)));
    }
    window.add(this.#now());
    return { ...quota, remaining: quota.remaining - 1 };
  }

  reset(): void {
    this.#buckets.clear();
  }

  #limitOf(principal: Principal): number {
    return principal.clientId === undefined ? this.#limits.anonymous : this.#limits.limit;
  }

  #window(principal: Principal): Window {
    let window = this.#buckets.get(principal.bucket);
    if (!window) {
      window = new Window();
      this.#buckets.set(principal.bucket, window);
    }
    return window;
  }
}

/** Times of requests, oldest first. */
class Window {
  #times: number[] = [];
  #start = 0;

  get oldest(): number | undefined {
    return this.#times[this.#start];
  }

  add(time: number): void {
    this.#times.push(time);
  }

  /** Counts the requests later than the given time, and forgets the others. */
  count(since: number): number {
    while (this.#start < this.#times.length && (this.#times[this.#start] ?? 0) <= since) this.#start += 1;
    if (this.#start > 1000 && this.#start * 2 > this.#times.length) {
      this.#times = this.#times.slice(this.#start);
      this.#start = 0;
    }
    return this.#times.length - this.#start;
  }
}
