import type { FakeRequest, FakeResponse } from '../http/exchange.js';
import type { Behaviours } from '../world.js';
import { scopesFor } from './clients.js';
import type { Codes } from './codes.js';
import { OAuthProblem, respond } from './errors.js';
import type { Application, Clients, Issued, Tokens } from './grant.js';

/** What the OAuth endpoints need. */
export interface OAuth {
  clients: Clients;
  codes: Codes;
  tokens: Tokens;
  behaviours: Pick<Behaviours, 'authenticateClient'>;
}

/** The token endpoint (RFC 6749, section 3.2). */
export function tokenEndpoint(request: FakeRequest, oauth: OAuth): Promise<FakeResponse> {
  return respond(async () => {
    const form = readForm(request);
    const client = oauth.behaviours.authenticateClient(request, form, oauth.clients);
    const grantType = form.get('grant_type');
    switch (grantType) {
      case 'client_credentials':
        return clientCredentials(client, form, oauth);
      case 'refresh_token':
        return refreshToken(client, form, oauth);
      case 'authorization_code': {
        const { grant, code } = await oauth.codes.redeem(client.id, form);
        return tokenAnswer(oauth.tokens.issue(grant, { family: code }), grant.scopes);
      }
      case null:
        throw new OAuthProblem(400, 'invalid_request', 'grant_type is missing');
      default:
        throw new OAuthProblem(400, 'unsupported_grant_type', `'${grantType}' is not supported`);
    }
  });
}

/** The revocation endpoint (RFC 7009). It answers 200 even for an unknown token. */
export function revocationEndpoint(request: FakeRequest, oauth: OAuth): Promise<FakeResponse> {
  return respond(async () => {
    const form = readForm(request);
    const client = oauth.behaviours.authenticateClient(request, form, oauth.clients);
    const token = form.get('token');
    if (!token) throw new OAuthProblem(400, 'invalid_request', 'token is missing');
    oauth.tokens.revoke(token, client.id);
    return {};
  });
}

/** The authorization endpoint: the user consents at once and is sent back with a code. */
export async function authorizationEndpoint(request: FakeRequest, oauth: OAuth): Promise<FakeResponse> {
  const query = request.url.searchParams;
  const clientId = query.get('client_id') ?? '';
  const redirectUri = query.get('redirect_uri') ?? '';
  try {
    oauth.clients.withRedirect(clientId, redirectUri);
  } catch (error) {
    // Never redirect to an address that isn't the client's (RFC 6749, section 4.1.2.1).
    if (error instanceof OAuthProblem) return error.response();
    throw error;
  }
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(consent(query, clientId, redirectUri, oauth))) {
    target.searchParams.set(name, value);
  }
  const state = query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return { status: 302, headers: { Location: target.href } };
}

function consent(
  query: URLSearchParams,
  clientId: string,
  redirectUri: string,
  oauth: OAuth,
): Record<string, string> {
  const scope = query.get('scope') ?? undefined;
  const codeChallenge = query.get('code_challenge') ?? undefined;
  try {
    if (query.get('response_type') !== 'code') {
      throw new OAuthProblem(400, 'unsupported_response_type', 'response_type must be code');
    }
    if (codeChallenge && query.get('code_challenge_method') !== 'S256') {
      throw new OAuthProblem(400, 'invalid_request', 'code_challenge_method must be S256');
    }
    return { code: oauth.codes.issue({ clientId, redirectUri, scope, codeChallenge }) };
  } catch (error) {
    if (!(error instanceof OAuthProblem)) throw error;
    return { error: error.code, error_description: error.message };
  }
}

function clientCredentials(client: Application, form: URLSearchParams, { tokens }: OAuth) {
  if (client.secret === undefined) {
    throw new OAuthProblem(400, 'unauthorized_client', 'A public client has no credentials');
  }
  const scopes = scopesFor(client.scopes, form.get('scope'));
  return tokenAnswer(tokens.issue({ clientId: client.id, scopes }), scopes);
}

function refreshToken(client: Application, form: URLSearchParams, { tokens }: OAuth) {
  const refresh = form.get('refresh_token') ?? '';
  const granted = tokens.refreshable(refresh, client.id);
  if (!granted)
    throw new OAuthProblem(400, 'invalid_grant', 'The refresh token is unknown, or no longer valid');
  const scopes = scopesFor(granted.scopes, form.get('scope'));
  return tokenAnswer(tokens.rotate(refresh, scopes), scopes);
}

function readForm(request: FakeRequest): URLSearchParams {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    throw new OAuthProblem(400, 'invalid_request', 'The body must be application/x-www-form-urlencoded');
  }
  return new URLSearchParams(new TextDecoder().decode(request.body));
}

function tokenAnswer(issued: Issued, scopes: readonly string[]) {
  return {
    access_token: issued.accessToken,
    token_type: 'Bearer',
    expires_in: issued.expiresIn,
    scope: scopes.join(' '),
    ...(issued.refreshToken ? { refresh_token: issued.refreshToken } : {}),
  };
}
