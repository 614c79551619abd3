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

/** A sign-in that has begun: `url` is for the user, the rest is for `exchangeCode`. Keep it in the user's session. */
export interface AuthorizationRequest {
  /** Where to send the user. */
  readonly url: string;
  /** Ties the callback to this sign-in (RFC 6749, 10.12). */
  readonly state: string;
  /** Proves that the code is exchanged by who asked for it (RFC 7636); a secret. */
  readonly codeVerifier: string;
}

/**
 * Begins the authorization-code flow with PKCE (RFC 7636, S256): the URL to send the user to. Sends nothing.
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
  /** The same as in `authorizationUrl`. */
  redirectUri: string;
  /** What `authorizationUrl` gave. */
  state: string;
  /** What `authorizationUrl` gave. */
  codeVerifier: string;
}

/**
 * Ends the flow: gives the user's tokens for the code in the callback URL. A code is good for one minute.
 * @throws OAuthError where the user said no, `state` differs (another sign-in's callback), the callback has no code,
 * or the code is refused
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

/** Plain JavaScript may leave out what TypeScript asks for. */
function required(name: string, value: string, fix: string): void {
  if (!value) throw new ConfigurationError(`${name}: is missing; ${fix}`);
}

/** The callback, whose query anyone may have written: so what is wrong with that is no error of the configuration. */
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
  /** Access or refresh token. */
  token: string;
  /** Which of them it is, so that the server finds it faster. Default: not said. */
  tokenType?: 'access_token' | 'refresh_token' | undefined;
}

/**
 * Takes a token out of use (RFC 7009); one that the server doesn't know is no error.
 * @throws OAuthError where the server refuses or fails
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
