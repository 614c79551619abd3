/** What a `TokenStore` keeps under one key: plain JSON. Whoever reads it can act as the application or its user. */
export interface StoredTokens {
  /** Absent as long as the first one is being asked for. */
  readonly accessToken?: string | undefined;
  /** The refresh token that is good now. */
  readonly refreshToken?: string | undefined;
  /** When the access token expires, in milliseconds since 1970. */
  readonly expiresAt?: number | undefined;
  /** When it was saved, in milliseconds since 1970. */
  readonly savedAt: number;
  /** The refresh token of the sign-in that these tokens come from. */
  readonly signIn?: string | undefined;
  /** A refresh token that has been sent, and whose answer isn't saved yet. */
  readonly spending?: string | undefined;
}

/**
 * Where programs that act for the same application or user keep its tokens, so that one of them renews a token and the
 * others take it. A key stands for one application, or one user of it.
 */
export interface TokenStore {
  /** What is kept under the key. */
  load(key: string): Promise<StoredTokens | undefined>;
  /** Keeps the tokens in the place of what was there; once it resolves, every `load` gives them. */
  save(key: string, tokens: StoredTokens): Promise<void>;
  /**
   * Runs the function while nobody else, in this program or another, runs one for the same key. Whoever dies while it
   * runs must not keep the others waiting for longer than some seconds.
   */
  lock<T>(key: string, run: () => Promise<T>): Promise<T>;
}
