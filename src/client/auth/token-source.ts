/** Where the client gets its bearer tokens from. */
export interface TokenSource {
  /** A token for the request about to be sent; asked before each, so it should keep what it has. */
  token(): string | Promise<string>;
  /**
   * The API refused this token (401). After it, and its promise, `token()` is asked again; where it gives another one,
   * the request is repeated. What it throws, the call throws. Without this method a 401 is final.
   */
  reject?(token: string): void | Promise<void>;
  /**
   * Whose requests these are, as the API counts them: an application, or one of its users. Programs that share a quota
   * store count together where this is the same. Default: not known.
   */
  readonly account?: string | undefined;
}
