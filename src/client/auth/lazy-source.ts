import { lazy } from '../send/lazy.js';
import type { TokenSource } from './token-source.js';

/** A token source that is loaded when the first token is asked for: who calls with a fixed token never loads it. */
export class LazySource implements TokenSource {
  readonly #source: () => TokenSource | Promise<TokenSource>;

  constructor(load: () => Promise<TokenSource>) {
    this.#source = lazy(load);
  }

  token(): string | Promise<string> {
    const source = this.#source();
    return source instanceof Promise ? source.then((loaded) => loaded.token()) : source.token();
  }

  reject(token: string): void {
    const source = this.#source();
    if (!(source instanceof Promise)) source.reject?.(token);
  }
}
