import { accountOf } from '../../client/auth/application.js';
import { refreshToken } from '../../client/auth/refresh-token.js';
import type { StoredTokens } from '../../client/auth/token-store.js';
import type { EvEnergyOptions } from '../../client/options.js';
import { CommandError } from '../exit.js';
import type { Io } from '../io.js';
import { loadLogin, loginStore, type SavedLogin, USER } from './saved.js';

/**
 * The client's options for the saved login; undefined if nobody has signed in at that server.
 * @param baseUrl the server that the environment names
 */
export async function loginCredentials(
  environment: Io['environment'],
  baseUrl: string | undefined,
): Promise<
  Pick<EvEnergyOptions, 'auth' | 'baseUrl' | 'clientId' | 'clientSecret' | 'scope' | 'tokenStore'> | undefined
> {
  const login = await loadLogin(environment);
  if (!login || isElsewhere(login, baseUrl)) return undefined;
  const store = loginStore(environment);
  const { clientId, clientSecret, scope } = login;
  if (login.grant === 'client_credentials')
    return { baseUrl: login.baseUrl, clientId, clientSecret, scope, tokenStore: store };
  const tokens = await loadTokens(environment, login);
  const signIn = tokens?.signIn ?? tokens?.refreshToken;
  if (signIn) {
    const { accessToken, expiresAt } = tokens ?? {};
    const current = { accessToken, expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt) };
    const auth = refreshToken({
      ...applicationOf(login),
      ...current,
      refreshToken: signIn,
      store,
      user: USER,
    });
    return { baseUrl: login.baseUrl, auth };
  }
  const { accessToken, expiresAt = Number.POSITIVE_INFINITY } = tokens ?? {};
  if (accessToken === undefined || Date.now() >= expiresAt)
    throw new CommandError('The sign-in has expired. Run: ev-energy login');
  return { baseUrl: login.baseUrl, auth: { token: () => accessToken } };
}

/** Whether the environment names another server than that of the login. */
export function isElsewhere(login: SavedLogin, baseUrl: string | undefined): boolean {
  return Boolean(baseUrl) && baseUrl?.replace(/\/+$/, '') !== login.baseUrl;
}

/** Loads the tokens of a login from the store. */
export async function loadTokens(
  environment: Io['environment'],
  login: SavedLogin,
): Promise<StoredTokens | undefined> {
  return loginStore(environment).load(placeOf(login));
}

/** The key of a login's tokens in the store. */
export function placeOf(login: SavedLogin): string {
  const application = applicationOf(login);
  if (login.grant === 'authorization_code') return accountOf(application, USER);
  const account = accountOf(application);
  return login.scope === undefined ? account : `${account} (${login.scope})`;
}

/** The application of a login, as the OAuth functions take it. */
export function applicationOf({ baseUrl, clientId, clientSecret }: SavedLogin) {
  return { baseUrl, clientId, clientSecret };
}
