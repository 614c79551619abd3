import { randomBytes } from 'node:crypto';

/** An OAuth application that the fake knows. */
export interface Client {
  id: string;
  /** Absent for a public client, which must use PKCE. */
  secret?: string;
  /** Scopes that its tokens may have. Default: all of the document. */
  scopes?: readonly string[];
  /** Where authorization codes may be sent. Default: any loopback or https address. */
  redirectUris?: readonly string[];
}

/** What a token stands for. */
export interface Grant {
  clientId: string;
  userId?: string;
  scopes: readonly string[];
}

interface AccessToken extends Grant {
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** The refresh token that it came with, or the code that it was given for. */
  family?: string;
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
  readonly #refresh = new Map<string, Grant & { family: string }>();
  readonly #lifetime: number;
  readonly #now: () => number;

  /** @param lifetime of access tokens, in seconds. */
  constructor(lifetime: number, now: () => number) {
    this.#lifetime = lifetime;
    this.#now = now;
  }

  issue(grant: Grant, options: { lifetime?: number; family?: string } = {}): Issued {
    const expiresIn = options.lifetime ?? this.#lifetime;
    const accessToken = secret('access');
    const { family } = options;
    this.#access.set(accessToken, {
      ...grant,
      expiresAt: this.#now() + expiresIn * 1000,
      ...(family === undefined ? {} : { family }),
    });
    if (family === undefined) return { accessToken, expiresIn };
    const refreshToken = secret('refresh');
    this.#refresh.set(refreshToken, { ...grant, family });
    return { accessToken, refreshToken, expiresIn };
  }

  /** What an access token stands for, if it is known and hasn't expired. */
  check(accessToken: string): Grant | undefined {
    const token = this.#access.get(accessToken);
    return token && token.expiresAt > this.#now() ? token : undefined;
  }

  /** Takes a refresh token, which works once. */
  redeem(refreshToken: string, clientId: string): (Grant & { family: string }) | undefined {
    const grant = this.#refresh.get(refreshToken);
    if (grant?.clientId !== clientId) return undefined;
    this.#refresh.delete(refreshToken);
    return grant;
  }

  /** Revokes an access token, or a refresh token with all that was issued along with it. */
  revoke(token: string, clientId: string): void {
    const refresh = this.#refresh.get(token);
    if (refresh?.clientId === clientId) this.revokeFamily(refresh.family);
    if (this.#access.get(token)?.clientId === clientId) this.#access.delete(token);
  }

  /** Revokes all tokens that go back to one authorization code. */
  revokeFamily(family: string): void {
    for (const tokens of [this.#access, this.#refresh]) {
      for (const [token, grant] of tokens) if (grant.family === family) tokens.delete(token);
    }
  }

  /** Makes all access tokens stale; refresh tokens stay good. */
  expireAll(): void {
    this.#access.clear();
  }
}

export function secret(kind: string): string {
  return `fake-${kind}-${randomBytes(24).toString('base64url')}`;
}
