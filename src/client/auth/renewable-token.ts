import type { TokenSource } from './token-source.js';
import type { Tokens } from './tokens.js';

/** A token is renewed in the background this long before it expires, in milliseconds. */
const EARLY = 5 * 60_000;
/** After a renewal in the background has failed, the next one waits for so long. */
const PAUSE = 10_000;
/** From here on it isn't sent any more: clocks differ, and a request takes its time. */
export const SKEW = 30_000;

interface Current {
  readonly value: string;
  readonly renewAt: number;
  readonly unusableAt: number;
}

/** A token that is asked for when it is needed, kept, and renewed before it expires. */
export class RenewableToken implements TokenSource {
  readonly account: string | undefined;
  readonly #renew: (known: string | undefined) => Promise<Tokens>;
  readonly #timeout: number;
  #current: Current | undefined;
  /** The token that was kept last, be it good or refused by now. */
  #known: string | undefined;
  #pending: Promise<string> | undefined;
  #since = 0;
  #pausedUntil = 0;

  /**
   * @param renew gives a token other than the one that is known
   * @param timeout milliseconds that a renewal may take
   * @param account whose requests these are, as the API counts them
   */
  constructor(
    renew: (known: string | undefined) => Promise<Tokens>,
    timeout = 30_000,
    initial?: Tokens,
    account?: string,
  ) {
    this.account = account;
    this.#renew = renew;
    this.#timeout = timeout;
    if (initial) this.#keep(initial);
  }

  token(): string | Promise<string> {
    const now = Date.now();
    const current = this.#current;
    if (!current || now >= current.unusableAt) return this.#next();
    // Its failure does no harm as long as the present token lasts.
    if (now >= current.renewAt && now >= this.#pausedUntil)
      this.#next().catch(() => {
        this.#pausedUntil = Date.now() + PAUSE;
      });
    return current.value;
  }

  reject(token: string): void {
    // A late answer may be about an older token than the one that is kept by now.
    if (this.#current?.value === token) this.#current = undefined;
  }

  /** One renewal at a time, however many wait for it. */
  #next(): Promise<string> {
    const pending = this.#pending;
    // Who comes when most of its time is over shall not fail for that alone. A second one beside it would not do: it
    // may spend the same refresh token.
    if (pending)
      return performance.now() - this.#since > this.#timeout / 2
        ? pending.catch(() => this.#next())
        : pending;
    this.#since = performance.now();
    this.#pending = this.#renew(this.#known)
      .then((tokens) => this.#keep(tokens))
      .finally(() => {
        this.#pending = undefined;
      });
    return this.#pending;
  }

  #keep({ accessToken, expiresAt }: Tokens): string {
    const now = Date.now();
    const end = expiresAt?.getTime() ?? Infinity;
    const life = Math.max(0, end - now);
    this.#known = accessToken;
    this.#current = {
      value: accessToken,
      renewAt: end - Math.min(EARLY, life / 5),
      unusableAt: end - Math.min(SKEW, life / 10),
    };
    return accessToken;
  }
}
