import { usableUntil } from './renewable-token.js';
import type { StoredTokens, TokenStore } from './token-store.js';
import type { Tokens } from './tokens.js';

/** Where a store keeps the tokens of one application or user. */
export interface StoredPlace {
  readonly store: TokenStore;
  readonly key: string;
}

/**
 * Gets new tokens: those that another program has saved meanwhile, or else those that `ask` returns. While `ask` runs,
 * all other programs wait.
 * @param known the access token to replace
 * @param acceptable whether the stored tokens may be used, apart from their age
 */
export async function renewThroughStore(
  { store, key }: StoredPlace,
  known: string | undefined,
  ask: (stored: StoredTokens | undefined) => Promise<StoredTokens>,
  acceptable: (stored: StoredTokens) => boolean = () => true,
): Promise<Tokens> {
  const good = (stored: StoredTokens | undefined) =>
    stored && acceptable(stored) ? usable(stored, known) : undefined;
  return (
    good(await store.load(key)) ??
    store.lock(key, async () => {
      const stored = await store.load(key);
      // Another program may have renewed the token while we waited for the lock.
      const renewed = good(stored);
      if (renewed) return renewed;
      const fresh = await ask(stored);
      await store.save(key, fresh);
      return tokensOf(fresh, fresh.accessToken ?? '');
    })
  );
}

/** @param signIn the refresh token of the sign-in that these tokens come from */
export function storedTokens(tokens: Tokens, signIn?: string): StoredTokens {
  const { accessToken, refreshToken, expiresAt } = tokens;
  return { accessToken, refreshToken, expiresAt: expiresAt?.getTime(), savedAt: Date.now(), signIn };
}

function usable(stored: StoredTokens, known: string | undefined): Tokens | undefined {
  const { accessToken, expiresAt = Infinity, savedAt } = stored;
  if (accessToken === undefined || accessToken === known) return undefined;
  return Date.now() < usableUntil(expiresAt, expiresAt - savedAt) ? tokensOf(stored, accessToken) : undefined;
}

function tokensOf({ refreshToken, expiresAt }: StoredTokens, accessToken: string): Tokens {
  return { accessToken, refreshToken, expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt) };
}
