import type { TokenSource } from './token-source.js';

/** Always the same token; a 401 is final. */
export class FixedToken implements TokenSource {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  token(): string {
    return this.#token;
  }
}
