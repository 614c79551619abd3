/** Supplies the client's bearer tokens. */
export interface TokenSource {
  /** Returns a token. The client calls it before each request, so it should keep the token it has. */
  token(): string | Promise<string>;
  /**
   * Called when the API has refused this token (401). Once it has returned (or its promise resolved), the client calls
   * `token()` again, and repeats the request if that is another token. If it throws, the call throws the same. Without
   * this method a 401 is final.
   */
  reject?(token: string): void | Promise<void>;
  /**
   * Whose requests these are, as the API counts them: an application's, or one of its users'. Programs that share a
   * quota store count together if this is the same. Default: unknown.
   */
  readonly account?: string | undefined;
  /** What else, besides its tokens, no error, log or event of the client may show. Default: nothing. */
  secrets?(): readonly (string | undefined)[];
}
