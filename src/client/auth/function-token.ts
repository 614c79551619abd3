import { ConfigurationError } from '../errors/configuration-error.js';
import type { AccessTokenFunction } from '../options.js';
import type { TokenSource } from './token-source.js';

/** The part of its time for which an ask is shared. A call that waits for it in vain began a little earlier. */
const SHARED = 0.8;

/** Tokens from a function of the caller's, which keeps them; requests at the same time share one call of it. */
export class FunctionToken implements TokenSource {
  readonly #ask: AccessTokenFunction;
  readonly #timeout: number;
  #pending: Promise<string> | undefined;
  #since = 0;
  #rejected: string | undefined;

  /** @param timeout milliseconds that an ask may take; later it is shared no longer, as it may never be answered */
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
    // What was asked before may well give the same token again.
    this.#pending = undefined;
  }

  async #next(): Promise<string> {
    const rejected = this.#rejected;
    const token: unknown = await this.#ask({ rejected });
    if (typeof token !== 'string' || token === '')
      throw new ConfigurationError(
        'accessToken: the function gave no token; it has to return a non-empty string',
      );
    if (token !== rejected && this.#rejected === rejected) this.#rejected = undefined;
    return token;
  }
}
