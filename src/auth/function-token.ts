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
    this.#pending ??= this.#next().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  reject(token: string): void {
    this.#rejected = token;
  }

  async #next(): Promise<string> {
    const token: unknown = await this.#ask({ rejected: this.#rejected });
    if (typeof token !== 'string' || token === '')
      throw new ConfigurationError(
        'accessToken: the function gave no token; it has to return a non-empty string',
      );
    return token;
  }
}
