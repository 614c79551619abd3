import { ConfigurationError } from '../errors/configuration-error.js';
import type { AccessTokenFunction } from '../options.js';
import type { TokenSource } from './token-source.js';

/** Tokens from a function of the caller's, which keeps them; requests at the same time share one call of it. */
export class FunctionToken implements TokenSource {
  readonly #ask: AccessTokenFunction;
  #pending: Promise<string> | undefined;
  #rejected: string | undefined;

  constructor(ask: AccessTokenFunction) {
    this.#ask = ask;
  }

  token(): Promise<string> {
    if (this.#pending) return this.#pending;
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
