import { base64url } from './base64.js';
import type { Grant, Issued, Tokens } from './grant.js';

/** A grant, and the authorization code that it stems from. */
interface Refreshable extends Grant {
  family: string;
}

interface AccessToken {
  grant: Grant;
  family: string | undefined;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Keeps issued tokens in memory, as long as the fake exists. */
export class IssuedTokens implements Tokens {
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, Refreshable>();
  readonly #lifetime: number;
  readonly #now: () => number;

  /** @param lifetime of access tokens, in seconds. */
  constructor(lifetime: number, now: () => number) {
    this.#lifetime = lifetime;
    this.#now = now;
  }

  issue(grant: Grant, options: { lifetime?: number | undefined; family?: string } = {}): Issued {
    const { lifetime: expiresIn = this.#lifetime, family } = options;
    const accessToken = secret('access');
    this.#access.set(accessToken, { grant, family, expiresAt: this.#now() + expiresIn * 1000 });
    if (family === undefined) return { accessToken, expiresIn };
    const refreshToken = secret('refresh');
    this.#refresh.set(refreshToken, { ...grant, family });
    return { accessToken, refreshToken, expiresIn };
  }

  check(accessToken: string): Grant | undefined {
    const token = this.#access.get(accessToken);
    return token && token.expiresAt > this.#now() ? token.grant : undefined;
  }

  refreshable(refreshToken: string, clientId: string): Grant | undefined {
    const grant = this.#refresh.get(refreshToken);
    return grant?.clientId === clientId ? grant : undefined;
  }

  rotate(refreshToken: string, scopes: readonly string[]): Issued {
    const refreshable = this.#refresh.get(refreshToken);
    if (!refreshable) throw new TypeError('This refresh token is unknown');
    this.#refresh.delete(refreshToken);
    const { family, ...grant } = refreshable;
    return this.issue({ ...grant, scopes }, { family });
  }

  revoke(token: string, clientId: string): void {
    const refresh = this.#refresh.get(token);
    if (refresh?.clientId === clientId) this.revokeFamily(refresh.family);
    if (this.#access.get(token)?.grant.clientId === clientId) this.#access.delete(token);
  }

  revokeFamily(family: string): void {
    for (const tokens of [this.#access, this.#refresh]) {
      for (const [token, entry] of tokens) if (entry.family === family) tokens.delete(token);
    }
  }

  expireAll(): void {
    this.#access.clear();
  }
}

export function secret(kind: string): string {
  return `fake-${kind}-${base64url(crypto.getRandomValues(new Uint8Array(24)))}`;
}
