import { ConfigurationError } from '../errors/configuration-error.js';
import { credentials, endpoint, type OAuthApplication } from './application.js';
import { RenewableToken } from './renewable-token.js';
import { requestTokens } from './token-endpoint.js';
import type { TokenSource } from './token-source.js';

export interface ClientCredentialsOptions extends OAuthApplication {
  /** Scopes to ask for, separated by spaces. Default: all that the application has. */
  scope?: string | undefined;
}

/**
 * Tokens of the application itself (RFC 6749, 4.4).
 * @throws ConfigurationError where id or secret are missing
 */
export function clientCredentials(options: ClientCredentialsOptions): TokenSource {
  const { secret } = credentials(options);
  if (!secret) throw new ConfigurationError('clientSecret: is missing; set it, or EV_ENERGY_CLIENT_SECRET');
  endpoint(options, 'tokenUrl');
  const parameters: Record<string, string> = options.scope === undefined ? {} : { scope: options.scope };
  const renew = () => requestTokens(options, 'client_credentials', parameters);
  return new RenewableToken(renew, options.timeout);
}
