import { base64url } from './base64.js';

/** What a token stands for. */
export interface Grant {
  clientId: string;
  userId?: string;
  scopes: readonly string[];
}

/** A grant with the authorization code that it goes back to. */
interface Refreshable extends Grant {
  family: string;
}

interface AccessToken {
  grant: Grant;
  family: string | undefined;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export interface Issued {
  accessToken: string;
  refreshToken?: string;
  /** Seconds. */
  expiresIn: number;
}

/** The access and refresh tokens that a fake has issued. */
export class Tokens {
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, Refreshable>();
  readonly #lifetime: number;
  readonly #now: () => number;

  /** @param lifetime of access tokens, in seconds. */
  constructor(lifetime: number, now: () => number) {
    this.#lifetime = lifetime;
    this.#now = now;
  }

  /**
   * @param options `lifetime` of the access token in seconds, `family` the authorization code that the grant
   * goes back to: with one a refresh token is issued too.
   */
  issue(grant: Grant, options: { lifetime?: number | undefined; family?: string } = {}): Issued {
    const { lifetime: expiresIn = this.#lifetime, family } = options;
    const accessToken = secret('access');
    this.#access.set(accessToken, { grant, family, expiresAt: this.#now() + expiresIn * 1000 });
    if (family === undefined) return { accessToken, expiresIn };
    const refreshToken = secret('refresh');
    this.#refresh.set(refreshToken, { ...grant, family });
    return { accessToken, refreshToken, expiresIn };
  }

  /** What an access token stands for, if it is known and hasn't expired. */
  check(accessToken: string): Grant | undefined {
    const token = this.#access.get(accessToken);
    return token && token.expiresAt > this.#now() ? token.grant : undefined;
  }

  /** What a refresh token of this client stands for. */
  refreshable(refreshToken: string, clientId: string): Grant | undefined {
    const grant = this.#refresh.get(refreshToken);
    return grant?.clientId === clientId ? grant : undefined;
  }

  /** Exchanges a refresh token, which works once. */
  rotate(refreshToken: string, scopes: readonly string[]): Issued {
    const refreshable = this.#refresh.get(refreshToken);
    if (!refreshable) throw new TypeError('This refresh token is unknown');
    this.#refresh.delete(refreshToken);
    const { family, ...grant } = refreshable;
    return this.issue({ ...grant, scopes }, { family });
  }

  /** Revokes an access token, or a refresh token with all that was issued along with it (RFC 7009, section 2.1). */
  revoke(token: string, clientId: string): void {
    const refresh = this.#refresh.get(token);
    if (refresh?.clientId === clientId) this.revokeFamily(refresh.family);
    if (this.#access.get(token)?.grant.clientId === clientId) this.#access.delete(token);
  }

  /** Revokes all tokens that go back to one authorization code. */
  revokeFamily(family: string): void {
    for (const tokens of [this.#access, this.#refresh]) {
      for (const [token, entry] of tokens) if (entry.family === family) tokens.delete(token);
    }
  }

  /** Makes all access tokens stale; refresh tokens stay good. */
  expireAll(): void {
    this.#access.clear();
  }
}

export function secret(kind: string): string {
  return `fake-${kind}-${base64url(crypto.getRandomValues(new Uint8Array(24)))}`;
}
