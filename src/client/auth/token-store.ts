/**
 * What a `TokenStore` keeps under one key: plain JSON. Anyone who can read it can act as the application or its user.
 */
export interface StoredTokens {
  /** Absent until the first token has arrived. */
  readonly accessToken?: string | undefined;
  /** The refresh token that is valid now. */
  readonly refreshToken?: string | undefined;
  /** When the access token expires, in milliseconds since 1970. */
  readonly expiresAt?: number | undefined;
  /** When it was saved, in milliseconds since 1970. */
  readonly savedAt: number;
  /** The refresh token of the sign-in that these tokens come from. */
  readonly signIn?: string | undefined;
  /** A refresh token that was sent, but whose answer isn't saved yet. */
  readonly spending?: string | undefined;
}

/**
 * Where programs that act for the same application or user keep its tokens: one of them renews a token, and the others
 * use it. A key stands for one application, or for one of its users.
 */
export interface TokenStore {
  /** Reads the tokens under the key; undefined if there are none. */
  load(key: string): Promise<StoredTokens | undefined>;
  /** Replaces the tokens under the key. Once it resolves, every `load` returns the new ones. */
  save(key: string, tokens: StoredTokens): Promise<void>;
  /**
   * Runs the function while no other one runs for the same key, in this program or another. If a program dies while it
   * holds the lock, the others must not wait for longer than some seconds.
   */
  lock<T>(key: string, run: () => Promise<T>): Promise<T>;
}

/** The last moment that a `Date` can hold. */
const LAST = 8.64e15;

/** Whether a value is what a store keeps, rather than something that another program has written in its place. */
export function isStoredTokens(value: unknown): value is StoredTokens {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { accessToken, refreshToken, signIn, spending, expiresAt, savedAt } = value as StoredTokens;
  return (
    [accessToken, refreshToken, signIn, spending].every(
      (token) => token === undefined || typeof token === 'string',
    ) &&
    [expiresAt, savedAt].every(
      (time) => time === undefined || (typeof time === 'number' && Math.abs(time) <= LAST),
    )
  );
}
