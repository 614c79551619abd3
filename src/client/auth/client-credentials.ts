import { ConfigurationError } from '../errors/configuration-error.js';
import { accountOf, credentials, type OAuthApplication } from './application.js';
import { RenewableToken } from './renewable-token.js';
import { renewThroughStore, storedTokens } from './through-store.js';
import { requestTokens } from './token-endpoint.js';
import type { TokenSource } from './token-source.js';
import type { TokenStore } from './token-store.js';

export interface ClientCredentialsOptions extends OAuthApplication {
  /** Scopes to ask for, separated by spaces. Default: all that the application has. */
  scope?: string | undefined;
  /** Where programs of the same application share their token. Default: none; each program keeps its own in memory. */
  store?: TokenStore | undefined;
}

/**
 * Gets tokens for the application itself (RFC 6749, 4.4).
 * @throws ConfigurationError if the id or the secret is missing
 */
export function clientCredentials(options: ClientCredentialsOptions): TokenSource {
  const { secret } = credentials(options);
  if (!secret) throw new ConfigurationError('clientSecret: is missing; set it, or EV_ENERGY_CLIENT_SECRET');
  const account = accountOf(options);
  const { scope, store, timeout } = options;
  const parameters: Record<string, string> = scope === undefined ? {} : { scope };
  const ask = () => requestTokens(options, 'client_credentials', parameters);
  if (!store) return new RenewableToken(ask, timeout, undefined, account, [secret]);
  const place = { store, key: scope === undefined ? account : `${account} (${scope})` };
  const renew = (known: string | undefined) =>
    renewThroughStore(place, known, async () => storedTokens(await ask()));
  return new RenewableToken(renew, timeout, undefined, account, [secret]);
}
