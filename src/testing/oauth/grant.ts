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

export type Application = Client & { scopes: readonly string[] };

/** The applications that may ask for tokens. */
export interface Clients {
  get(id: string): Application | undefined;
  /** @throws OAuthProblem for an unknown client, or an address that isn't one of its own. */
  withRedirect(id: string, redirectUri: string): Application;
}

/** What a token stands for. */
export interface Grant {
  clientId: string;
  /** The user whose token it is (authorization code grant). */
  userId?: string;
  scopes: readonly string[];
}

/** Tokens as the token endpoint hands them out. */
export interface Issued {
  accessToken: string;
  refreshToken?: string;
  /** Seconds. */
  expiresIn: number;
}

/** The access and refresh tokens that a fake has issued. */
export interface Tokens {
  /**
   * @param options `lifetime` of the access token in seconds, `family` the authorization code that the grant
   * goes back to: with one a refresh token is issued too.
   */
  issue(grant: Grant, options?: { lifetime?: number | undefined; family?: string }): Issued;
  /** What an access token stands for, if it is known and hasn't expired. */
  check(accessToken: string): Grant | undefined;
  /** What a refresh token of this client stands for. */
  refreshable(refreshToken: string, clientId: string): Grant | undefined;
  /** Exchanges a refresh token, which works once. */
  rotate(refreshToken: string, scopes: readonly string[]): Issued;
  /** Revokes an access token, or a refresh token with all that was issued along with it (RFC 7009, section 2.1). */
  revoke(token: string, clientId: string): void;
  /** Revokes all tokens that go back to one authorization code. */
  revokeFamily(family: string): void;
  /** Makes all access tokens stale; refresh tokens stay good. */
  expireAll(): void;
}
