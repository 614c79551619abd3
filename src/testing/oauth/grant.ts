/** An OAuth application that the fake knows. */
export interface Client {
  id: string;
  /** Absent for a public client, which has to use PKCE. */
  secret?: string;
  /** Scopes that its tokens may have. Default: all of the document's. */
  scopes?: readonly string[];
  /** Where authorization codes may be sent. Default: any loopback or https address. */
  redirectUris?: readonly string[];
}

/** A client with the scopes that its tokens may have, the default ones filled in. */
export type Application = Client & { scopes: readonly string[] };

/** The applications that may request tokens. */
export interface Clients {
  /** The application with the client id. */
  get(id: string): Application | undefined;
  /** @throws OAuthProblem for an unknown client, or an address that isn't one of its own. */
  withRedirect(id: string, redirectUri: string): Application;
}

/** What a token stands for. */
export interface Grant {
  clientId: string;
  /** The user whom the token belongs to (authorization code grant). */
  userId?: string;
  scopes: readonly string[];
}

/** Tokens as the token endpoint returns them. */
export interface Issued {
  accessToken: string;
  /** Absent for client credentials. */
  refreshToken?: string;
  /** In seconds. */
  expiresIn: number;
}

/** The access and refresh tokens that the fake has issued. */
export interface Tokens {
  /**
   * Issues tokens for a grant.
   *
   * @param options `lifetime` of the access token in seconds; `family`, the authorization code that the grant stems
   * from: with it, a refresh token is issued too.
   */
  issue(grant: Grant, options?: { lifetime?: number | undefined; family?: string }): Issued;
  /** What an access token stands for; undefined if it is unknown or has expired. */
  check(accessToken: string): Grant | undefined;
  /** What a refresh token of this client stands for; undefined if it is unknown. */
  refreshable(refreshToken: string, clientId: string): Grant | undefined;
  /** Exchanges a refresh token; each works only once. */
  rotate(refreshToken: string, scopes: readonly string[]): Issued;
  /** Revokes an access token, or a refresh token and everything issued with it (RFC 7009, section 2.1). */
  revoke(token: string, clientId: string): void;
  /** Revokes all tokens that stem from one authorization code. */
  revokeFamily(family: string): void;
  /** Expires all access tokens; refresh tokens stay valid. */
  expireAll(): void;
}
