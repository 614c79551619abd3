/** What a token endpoint gives (RFC 6749, 5.1). */
export interface Tokens {
  readonly accessToken: string;
  /** For more access tokens; the authorization-code grant has one. */
  readonly refreshToken?: string | undefined;
  /** When the access token expires, by this machine's clock. */
  readonly expiresAt?: Date | undefined;
  /** Scopes that were granted, separated by spaces. */
  readonly scope?: string | undefined;
}
