import { ConfigurationError } from '../errors/configuration-error.js';
import { credentials, endpoint, type OAuthApplication } from './application.js';
import { RenewableToken } from './renewable-token.js';
import { requestTokens } from './token-endpoint.js';
import type { TokenSource } from './token-source.js';
import type { Tokens } from './tokens.js';

export interface RefreshTokenOptions extends OAuthApplication {
  /** The refresh token that the authorization-code grant gave; it is refused where that gave none. */
  refreshToken?: string | undefined;
  /** The access token that came with it, used until it expires. Default: none, so that one is asked for first. */
  accessToken?: string | undefined;
  /** When that access token expires. Default: not known; it is renewed when the API refuses it. */
  expiresAt?: Date | undefined;
  /**
   * Told of new tokens, to store them: the server may give a new refresh token each time, and the old one is then
   * no longer good. Requests wait until it is done. Default: none.
   */
  onTokens?: ((tokens: Tokens) => void | Promise<void>) | undefined;
}

/**
 * Tokens of one user, kept fresh with a refresh token (RFC 6749, 6).
 * @throws ConfigurationError for an option that is missing or can't be used
 */
export function refreshToken(options: RefreshTokenOptions): TokenSource {
  if (!options.refreshToken)
    throw new ConfigurationError('refreshToken: is empty; pass the one of the code exchange');
  credentials(options);
  endpoint(options, 'tokenUrl');
  const { accessToken, expiresAt, onTokens, timeout } = options;
  let current = options.refreshToken;
  const renew = async (): Promise<Tokens> => {
    const tokens = await requestTokens(options, 'refresh_token', { refresh_token: current });
    current = tokens.refreshToken ?? current;
    const complete = { ...tokens, refreshToken: current };
    await onTokens?.(complete);
    return complete;
  };
  return new RenewableToken(
    renew,
    timeout,
    accessToken === undefined ? undefined : { accessToken, expiresAt },
  );
}
