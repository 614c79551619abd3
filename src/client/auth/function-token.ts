import { ConfigurationError } from '../errors/configuration-error.js';
import type { AccessTokenFunction } from '../options.js';
import type { TokenSource } from './token-source.js';

/**
 * Share of the timeout for which requests join a pending call; below 1, so that a request that comes after one has
 * timed out starts a new call.
 */
const SHARED = 0.8;

/** Tokens from the caller's own function, which keeps them. Requests at the same time share one call of it. */
export class FunctionToken implements TokenSource {
  readonly #ask: AccessTokenFunction;
  readonly #timeout: number;
  #pending: Promise<string> | undefined;
  #since = 0;
  #rejected: string | undefined;

  /** @param timeout milliseconds that a call may take; after that it isn't shared any more, since it may never end */
  constructor(ask: AccessTokenFunction, timeout = 30_000) {
    this.#ask = ask;
    this.#timeout = timeout;
  }

  token(): Promise<string> {
    if (this.#pending && performance.now() - this.#since < this.#timeout * SHARED) return this.#pending;
    this.#since = performance.now();
    const asked = this.#next().finally(() => {
      if (this.#pending === asked) this.#pending = undefined;
    });
    this.#pending = asked;
    return asked;
  }

  reject(token: string): void {
    if (this.#rejected === token) return;
    this.#rejected = token;
    // A call that began before may well return the same token again.
    this.#pending = undefined;
  }

  async #next(): Promise<string> {
    const rejected = this.#rejected;
    const token: unknown = await this.#ask({ rejected });
    if (typeof token !== 'string' || token === '')
      throw new ConfigurationError(
        'accessToken: the function gave no token; it must return a non-empty string',
      );
    if (token !== rejected && this.#rejected === rejected) this.#rejected = undefined;
    return token;
  }
}
