import { OAuthError } from '../errors/oauth-error.js';
import { Redactor } from '../exit/redactor.js';
import type { TokenSource } from './token-source.js';
import type { Tokens } from './tokens.js';

/** Milliseconds before its expiry at which a token is renewed in the background. */
const EARLY = 5 * 60_000;
/** Milliseconds between a failed background renewal and the next one. */
const PAUSE = 10_000;
/** Milliseconds before its expiry from which a token isn't sent any more: clocks differ, and a request takes time. */
const SKEW = 30_000;

/**
 * The time until which a token may be sent that expires at `end`, after a life of so many milliseconds. One with a
 * short life may be sent until shortly before it expires.
 */
export function usableUntil(end: number, life: number): number {
  return end - Math.min(SKEW, life / 10);
}

interface Current {
  readonly value: string;
  readonly renewAt: number;
  readonly unusableAt: number;
}

/** A token that is requested when first needed, kept, and renewed before it expires. */
export class RenewableToken implements TokenSource {
  readonly account: string | undefined;
  readonly #renew: (known: string | undefined) => Promise<Tokens>;
  readonly #timeout: number;
  readonly #secrets: readonly (string | undefined)[];
  /** All tokens that were kept here. */
  readonly #issued = new Redactor();
  #refreshToken: string | undefined;
  #current: Current | undefined;
  /** The last token we kept, whether or not the API has refused it since. */
  #known: string | undefined;
  #pending: Promise<string> | undefined;
  #since = 0;
  #pausedUntil = 0;

  /**
   * @param renew returns a token other than the known one
   * @param timeout milliseconds that a renewal may take
   * @param account whose requests these are, as the API counts them
   * @param secrets what the renewals send
   */
  constructor(
    renew: (known: string | undefined) => Promise<Tokens>,
    timeout = 30_000,
    initial?: Tokens,
    account?: string,
    secrets: readonly (string | undefined)[] = [],
  ) {
    this.account = account;
    this.#secrets = secrets;
    this.#renew = renew;
    this.#timeout = timeout;
    if (initial) this.#keep(initial);
  }

  token(): string | Promise<string> {
    const now = Date.now();
    const current = this.#current;
    if (!current || now >= current.unusableAt) return this.#next();
    // A failure here does no harm while the current token is valid.
    if (now >= current.renewAt && now >= this.#pausedUntil)
      this.#next().catch(() => {
        this.#pausedUntil = Date.now() + PAUSE;
      });
    return current.value;
  }

  reject(token: string): void {
    // A late 401 may be about an older token than the current one.
    if (this.#current?.value === token) this.#current = undefined;
  }

  secrets(): readonly (string | undefined)[] {
    return [...this.#secrets, this.#refreshToken];
  }

  /** Starts a renewal, or joins the one that is running. */
  #next(): Promise<string> {
    const pending = this.#pending;
    // A request that joins late would fail when the renewal times out, though it has hardly waited: so it tries again.
    // We don't start a second renewal beside the first, since both might spend the same refresh token.
    if (pending)
      return performance.now() - this.#since > this.#timeout / 2
        ? pending.catch(() => this.#next())
        : pending;
    this.#since = performance.now();
    this.#pending = this.#renew(this.#known)
      .then((tokens) => this.#keep(tokens))
      .catch((error: unknown) => {
        throw withoutTokens(error, this.#issued.hide);
      })
      .finally(() => {
        this.#pending = undefined;
      });
    return this.#pending;
  }

  #keep({ accessToken, refreshToken, expiresAt }: Tokens): string {
    this.#refreshToken = refreshToken;
    this.#issued.learn(accessToken, refreshToken);
    const now = Date.now();
    const end = expiresAt?.getTime() ?? Infinity;
    const life = Math.max(0, end - now);
    this.#known = accessToken;
    this.#current = {
      value: accessToken,
      renewAt: end - Math.min(EARLY, life / 5),
      unusableAt: usableUntil(end, life),
    };
    return accessToken;
  }
}

/** An endpoint that refuses a renewal may quote a token that it issued earlier. */
function withoutTokens(error: unknown, hide: (text: string) => string): unknown {
  if (!(error instanceof OAuthError)) return error;
  const { message, code, description, status } = error;
  const safe = hide(message);
  // The message also contains the code and the description.
  if (safe === message) return error;
  return new OAuthError(safe, {
    ...(code === undefined ? {} : { code: hide(code) }),
    ...(description === undefined ? {} : { description: hide(description) }),
    ...(status === undefined ? {} : { status }),
  });
}
