import { ConfigurationError } from '../errors/configuration-error.js';
import { OAuthError } from '../errors/oauth-error.js';
import { credentials, endpoint, type OAuthApplication } from './application.js';
import { loadOAuth, type OAuthContext, readTokens, withEndpoint } from './token-endpoint.js';
import type { Tokens } from './tokens.js';

export interface AuthorizationUrlOptions extends OAuthApplication {
  /** Absolute URL that the server sends the user back to, as registered for the application. */
  redirectUri: string;
  /** Scopes to ask for, separated by spaces. Default: the server's. */
  scope?: string | undefined;
}

/**
 * A sign-in that has begun. Send the user to `url`; keep the rest in the user's session and pass it to `exchangeCode`.
 */
export interface AuthorizationRequest {
  /** Where to send the user. */
  readonly url: string;
  /** Ties the callback to this sign-in (RFC 6749, 10.12). */
  readonly state: string;
  /** Proves that whoever exchanges the code also asked for it (RFC 7636). Keep it secret. */
  readonly codeVerifier: string;
}

/**
 * Begins the authorization-code flow with PKCE (RFC 7636, S256) and returns the URL to send the user to. It makes no
 * request.
 * @throws ConfigurationError for an option that is missing or can't be used
 */
export async function authorizationUrl(options: AuthorizationUrlOptions): Promise<AuthorizationRequest> {
  checkRedirectUri(options);
  const url = endpoint(options, 'authorizationUrl');
  const { generateRandomCodeVerifier, generateRandomState, calculatePKCECodeChallenge } = await loadOAuth();
  const state = generateRandomState();
  const codeVerifier = generateRandomCodeVerifier();
  const parameters = {
    response_type: 'code',
    client_id: credentials(options).id,
    redirect_uri: options.redirectUri,
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(options.scope === undefined ? {} : { scope: options.scope }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url: url.href, state, codeVerifier };
}

export interface ExchangeCodeOptions extends OAuthApplication {
  /** The absolute URL that the user came back to, with its query. */
  callbackUrl: string | URL;
  /** The same value as for `authorizationUrl`. */
  redirectUri: string;
  /** As returned by `authorizationUrl`. */
  state: string;
  /** As returned by `authorizationUrl`. */
  codeVerifier: string;
}

/**
 * Ends the flow: exchanges the code in the callback URL for the user's tokens. A code is valid for one minute.
 * @throws OAuthError if the user refused, `state` differs (the callback of another sign-in), the callback has no code,
 * or the server refuses the code
 * @throws ConfigurationError for an option that is missing or can't be used
 */
export async function exchangeCode(options: ExchangeCodeOptions): Promise<Tokens> {
  const { redirectUri, state, codeVerifier } = options;
  checkRedirectUri(options);
  const fix = "pass what authorizationUrl gave, from the user's session";
  required('state', state, fix);
  required('codeVerifier', codeVerifier, fix);
  const callbackUrl = callbackOf(options);
  const secrets = [callbackUrl.searchParams.get('code'), codeVerifier, state];
  return withEndpoint(options, 'tokenUrl', secrets, async (context) => {
    const { oauth, server, client, authentication } = context;
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      validated(context, callbackUrl, state),
      redirectUri,
      codeVerifier,
      context.options,
    );
    return readTokens(await oauth.processAuthorizationCodeResponse(server, client, response));
  });
}

function checkRedirectUri({ redirectUri }: { redirectUri: string }): void {
  if (!URL.canParse(redirectUri))
    throw new ConfigurationError('redirectUri: is not an absolute URL; set the one that is registered');
}

/** Callers in plain JavaScript may leave out what TypeScript requires. */
function required(name: string, value: string, fix: string): void {
  if (!value) throw new ConfigurationError(`${name}: is missing; ${fix}`);
}

/** The callback URL. Anyone can write its query, so a fault there is an `OAuthError`, not a configuration error. */
function callbackOf({ callbackUrl, state }: ExchangeCodeOptions): URL {
  if (!URL.canParse(String(callbackUrl)))
    throw new ConfigurationError(
      'callbackUrl: is not an absolute URL; make it one, such as with new URL(request.url, redirectUri)',
    );
  const url = new URL(callbackUrl);
  const { searchParams } = url;
  if (searchParams.get('state') !== state)
    throw new OAuthError(
      "state: the one in callbackUrl is missing or another sign-in's; begin the sign-in again",
    );
  const codes = searchParams.getAll('code');
  if (!searchParams.get('error') && !(codes.length === 1 && codes[0]))
    throw new OAuthError(
      'callbackUrl: must hold one code; pass the whole URL that the user came back to, with its query',
    );
  return url;
}

function validated({ oauth, server, client }: OAuthContext, callbackUrl: URL, state: string) {
  try {
    return oauth.validateAuthResponse(server, client, callbackUrl, state);
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) throw error;
    throw new OAuthError(
      `callbackUrl: ${(error as Error).message}; pass the URL that the user came back to unchanged`,
    );
  }
}

export interface RevokeOptions extends OAuthApplication {
  /** The access or refresh token to revoke. */
  token: string;
  /** Which kind of token it is, so that the server finds it faster. Default: not sent. */
  tokenType?: 'access_token' | 'refresh_token' | undefined;
}

/**
 * Revokes a token (RFC 7009). Revoking a token that the server doesn't know succeeds.
 * @throws OAuthError if the server refuses or fails
 * @throws ConfigurationError for an option that is missing or can't be used
 */
export async function revoke(options: RevokeOptions): Promise<void> {
  required('token', options.token, 'pass the one to take out of use');
  return withEndpoint(options, 'revocationUrl', [options.token], async (context) => {
    const { oauth, server, client, authentication } = context;
    const { token, tokenType } = options;
    const additionalParameters: Record<string, string> = tokenType ? { token_type_hint: tokenType } : {};
    const response = await oauth.revocationRequest(server, client, authentication, token, {
      ...context.options,
      additionalParameters,
    });
    await oauth.processRevocationResponse(response);
  });
}
