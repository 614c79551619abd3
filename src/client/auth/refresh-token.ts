import { ConfigurationError } from '../errors/configuration-error.js';
import { OAuthError } from '../errors/oauth-error.js';
import { accountOf, credentials, type OAuthApplication } from './application.js';
import { RenewableToken } from './renewable-token.js';
import { renewThroughStore, type StoredPlace, storedTokens } from './through-store.js';
import { requestTokens } from './token-endpoint.js';
import type { TokenSource } from './token-source.js';
import type { StoredTokens, TokenStore } from './token-store.js';
import type { Tokens } from './tokens.js';

export interface RefreshTokenOptions extends OAuthApplication {
  /** The refresh token from the authorization-code grant. Without one, `refreshToken()` throws. */
  refreshToken?: string | undefined;
  /** The access token that came with it, used until it expires. Default: none, so the client asks for one first. */
  accessToken?: string | undefined;
  /**
   * When that access token expires; text if you keep the tokens as JSON. Default: unknown; the client renews the token
   * when the API refuses it.
   */
  expiresAt?: Date | string | undefined;
  /** Scopes of that access token, as `exchangeCode` returns them. The client doesn't send them. */
  scope?: string | undefined;
  /**
   * Called with new tokens, so that you can store them: the server may return a new refresh token each time, and the
   * old one is then no longer valid. Requests wait until it is done. Default: none.
   */
  onTokens?: ((tokens: Tokens) => void | Promise<void>) | undefined;
  /**
   * Where programs that act for the same user share the tokens: one program renews them, and the others use the result.
   * Give each program the refresh token of the sign-in; the store knows which one followed it. After a new sign-in,
   * give the new one. Needs `user`. Default: none; only this program has the tokens.
   */
  store?: TokenStore | undefined;
  /** Your name for the user whose tokens these are; part of the key in the store. Default: none. */
  user?: string | undefined;
}

/**
 * Keeps the tokens of one user fresh with a refresh token (RFC 6749, 6). It takes what `exchangeCode` returns.
 * @throws ConfigurationError for an option that is missing or can't be used
 * @example new EvEnergy({ auth: refreshToken(await exchangeCode({ callbackUrl, redirectUri, ...begun })) });
 */
export function refreshToken(options: RefreshTokenOptions): TokenSource {
  if (!options.refreshToken)
    throw new ConfigurationError('refreshToken: is empty; pass the one from the code exchange');
  const { accessToken, onTokens, store, timeout, user } = options;
  const expiresAt = options.expiresAt === undefined ? undefined : new Date(options.expiresAt);
  if (Number.isNaN(expiresAt?.getTime()))
    throw new ConfigurationError('expiresAt: is not a date; pass the one from the code exchange');
  if (store && !user)
    throw new ConfigurationError(
      'user: is missing; a store keeps the tokens of many users, so name this one',
    );
  const application = accountOf(options);
  const account = user === undefined ? undefined : `${application} ${user}`;
  const spend = (token: string) => requestTokens(options, 'refresh_token', { refresh_token: token });
  const renewed = store
    ? sharedRefresh({ store, key: account ?? application }, options.refreshToken, spend)
    : ownRefresh(options.refreshToken, spend);
  const renew = async (known: string | undefined): Promise<Tokens> => {
    const { tokens, isNew } = await renewed(known);
    if (isNew) await onTokens?.(tokens);
    return tokens;
  };
  const initial = accessToken === undefined ? undefined : { accessToken, expiresAt };
  const secrets = [credentials(options).secret, options.refreshToken];
  return new RenewableToken(renew, timeout, initial, account, secrets);
}

/** Tokens that came of a refresh. */
interface Refreshed {
  readonly tokens: Tokens;
  /** Whether this program asked for them, rather than reading them from the store. */
  readonly isNew: boolean;
}

type Refresh = (known: string | undefined) => Promise<Refreshed>;
type Spend = (refreshToken: string) => Promise<Tokens>;

function ownRefresh(first: string, spend: Spend): Refresh {
  let current = first;
  return async () => {
    const tokens = await spend(current);
    current = tokens.refreshToken ?? current;
    return { tokens: { ...tokens, refreshToken: current }, isNew: true };
  };
}

/**
 * Spends the store's refresh token, one program at a time. It tells the store before it sends the token: if the program
 * is killed after the server's answer and before it has saved it, the next refresh token is lost, and the other
 * programs need to know.
 */
function sharedRefresh(place: StoredPlace, signIn: string, spend: Spend): Refresh {
  /**
   * Whether this program has used what the store holds. From then on, a different sign-in in the store is a newer one.
   */
  let joined = false;
  const isOurs = (stored: StoredTokens) =>
    joined || stored.signIn === signIn || stored.refreshToken === signIn;
  /** The newest tokens that this program knows of, and the refresh token that it spent for them, if it did. */
  let newest: { readonly tokens: StoredTokens; readonly spent?: string } | undefined;
  /** The newest ones, if the store has lost its data, or couldn't save what this program got. */
  const unsaved = (stored: StoredTokens | undefined) =>
    stored === undefined || (stored.spending !== undefined && stored.spending === newest?.spent)
      ? newest?.tokens
      : undefined;
  return async (known) => {
    let isNew = false;
    const ask = async (stored: StoredTokens | undefined): Promise<StoredTokens> => {
      const known = unsaved(stored) ?? (stored && isOurs(stored) ? stored : undefined);
      const begun = known ?? { refreshToken: signIn, signIn, savedAt: Date.now() };
      const token = begun.refreshToken ?? signIn;
      await place.store.save(place.key, { ...begun, spending: token });
      const tokens = await spend(token).catch((error: unknown) => {
        throw begun.spending === token && isSpent(error) ? lost(error) : error;
      });
      isNew = true;
      const fresh = { ...tokens, refreshToken: tokens.refreshToken ?? token };
      newest = { tokens: storedTokens(fresh, begun.signIn ?? signIn), spent: token };
      return newest.tokens;
    };
    const tokens = await renewThroughStore(place, known, ask, isOurs);
    if (!isNew) newest = { tokens: storedTokens(tokens, signIn) };
    joined = true;
    return { tokens, isNew };
  };
}

function isSpent(error: unknown): error is OAuthError {
  return error instanceof OAuthError && error.code === 'invalid_grant';
}

function lost({ code, description, status }: OAuthError): OAuthError {
  return new OAuthError(
    'the refresh token is spent, and the one that followed it is lost: a program ended between getting and saving it. Let the user sign in again, and give refreshToken() what exchangeCode() gives then',
    { ...(code && { code }), ...(description && { description }), ...(status && { status }) },
  );
}
