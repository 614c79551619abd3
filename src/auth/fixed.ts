import type { TokenSource } from './token-source.js';

/** Always the same token. */
export class FixedToken implements TokenSource {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  token(): string {
    return this.#token;
  }
}
