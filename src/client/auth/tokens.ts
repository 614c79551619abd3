/** Tokens from a token endpoint (RFC 6749, 5.1). */
export interface Tokens {
  readonly accessToken: string;
  /** Gets further access tokens. Comes with the authorization-code grant. */
  readonly refreshToken?: string | undefined;
  /** When the access token expires, by this machine's clock. */
  readonly expiresAt?: Date | undefined;
  /** Granted scopes, separated by spaces. */
  readonly scope?: string | undefined;
}
