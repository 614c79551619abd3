import { credentials, endpoint, type OAuthApplication } from './application.js';
import { readTokens, withEndpoint } from './token-endpoint.js';
import type { Tokens } from './tokens.js';

export interface AuthorizationUrlOptions extends OAuthApplication {
  /** Where the server sends the user back to, as registered. */
  redirectUri: string;
  /** Scopes to ask for, separated by spaces. Default: the server's. */
  scope?: string | undefined;
}

/** A sign-in that has begun: `url` is for the user, the rest is for `exchangeCode`. Keep it in the user's session. */
export interface AuthorizationRequest {
  readonly url: string;
  readonly state: string;
  readonly codeVerifier: string;
}

/** Begins the authorization-code flow with PKCE (RFC 7636, S256): the URL to send the user to. */
export async function authorizationUrl(options: AuthorizationUrlOptions): Promise<AuthorizationRequest> {
  const url = endpoint(options, 'authorizationUrl');
  const { generateRandomCodeVerifier, generateRandomState, calculatePKCECodeChallenge } = await import(
    'oauth4webapi'
  );
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
  /** The URL that the user came back to, with its query. */
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
 * @throws OAuthError where the user said no, `state` differs (another sign-in's callback), or the code is refused
 */
export function exchangeCode(options: ExchangeCodeOptions): Promise<Tokens> {
  const [, query] = String(options.callbackUrl).split(/[?#]/);
  const code = new URLSearchParams(query).get('code');
  const secrets = [code, options.codeVerifier, options.state];
  return withEndpoint(options, 'tokenUrl', secrets, async (context) => {
    const { oauth, server, client, authentication } = context;
    const callback = oauth.validateAuthResponse(server, client, new URL(options.callbackUrl), options.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      callback,
      options.redirectUri,
      options.codeVerifier,
      context.options,
    );
    return readTokens(await oauth.processAuthorizationCodeResponse(server, client, response));
  });
}

export interface RevokeOptions extends OAuthApplication {
  /** Access or refresh token. */
  token: string;
  /** Which of them it is, so that the server finds it faster. */
  tokenType?: 'access_token' | 'refresh_token' | undefined;
}

/** Takes a token out of use (RFC 7009); one that the server doesn't know is no error. */
export function revoke(options: RevokeOptions): Promise<void> {
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
