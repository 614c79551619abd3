import { createHash } from 'node:crypto';
import { type Client, type Grant, type Issued, secret, type Tokens } from './tokens.js';
import type { FakeRequest, FakeResponse } from './types.js';

const CODE_LIFETIME = 60_000;

interface Code extends Grant {
  redirectUri: string;
  challenge?: string;
  expiresAt: number;
  used: boolean;
}

/** What an authorization request asks for (RFC 6749, section 4.1.1, with RFC 7636). */
export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  scope?: string;
  /** Base64url of the SHA-256 of the code verifier. */
  codeChallenge?: string;
}

/** The OAuth endpoints: tokens, revocation and consent. */
export class OAuth {
  readonly #clients: ReadonlyMap<string, Required<Omit<Client, 'secret' | 'redirectUris'>> & Client>;
  readonly #codes = new Map<string, Code>();
  readonly #tokens: Tokens;
  readonly #now: () => number;
  readonly #userId: string | undefined;

  /**
   * @param scopes all scopes of the document.
   * @param userId the user who consents to everything.
   */
  constructor(
    clients: readonly Client[],
    scopes: readonly string[],
    userId: string | undefined,
    tokens: Tokens,
    now: () => number,
  ) {
    this.#clients = new Map(clients.map((client) => [client.id, { scopes, ...client }]));
    this.#userId = userId;
    this.#tokens = tokens;
    this.#now = now;
  }

  /** The token endpoint (RFC 6749, section 3.2). */
  token(request: FakeRequest): FakeResponse {
    return respond(() => {
      const form = readForm(request);
      const grantType = form.get('grant_type');
      const client = this.#authenticate(request, form, grantType === 'authorization_code');
      switch (grantType) {
        case 'client_credentials':
          return this.#clientCredentials(client, form);
        case 'refresh_token':
          return this.#refreshToken(client, form);
        case 'authorization_code':
          return this.#authorizationCode(client, form);
        case null:
          throw new OAuthProblem(400, 'invalid_request', 'grant_type is missing');
        default:
          throw new OAuthProblem(400, 'unsupported_grant_type', `'${grantType}' is not supported`);
      }
    });
  }

  /** The revocation endpoint (RFC 7009): answers 200 also for a token that it doesn't know. */
  revoke(request: FakeRequest): FakeResponse {
    return respond(() => {
      const form = readForm(request);
      const client = this.#authenticate(request, form, true);
      const token = form.get('token');
      if (!token) throw new OAuthProblem(400, 'invalid_request', 'token is missing');
      this.#tokens.revoke(token, client.id);
      return {};
    });
  }

  /** The authorization endpoint: the user consents at once and is sent back with a code. */
  authorize(request: FakeRequest): FakeResponse {
    const query = request.url.searchParams;
    const redirectUri = query.get('redirect_uri') ?? '';
    const state = query.get('state');
    const back = (answer: Record<string, string>): FakeResponse => {
      const target = new URL(redirectUri);
      for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
      if (state !== null) target.searchParams.set('state', state);
      return { status: 302, headers: { Location: target.href } };
    };
    return respond(() => {
      // Nothing is sent to an address that isn't the client's (RFC 6749, section 4.1.2.1).
      this.#requireRedirect(query.get('client_id') ?? '', redirectUri);
      try {
        return back({ code: this.#codeFor(query) });
      } catch (error) {
        if (!(error instanceof OAuthProblem)) throw error;
        return back({ error: error.code, error_description: error.message });
      }
    });
  }

  /** A code as the authorization endpoint hands it out. */
  issueCode(request: AuthorizationRequest): string {
    const client = this.#requireRedirect(request.clientId, request.redirectUri);
    const code = secret('code');
    if (client.secret === undefined && !request.codeChallenge) {
      throw new OAuthProblem(400, 'invalid_request', 'A public client must send a code_challenge');
    }
    this.#codes.set(code, {
      clientId: client.id,
      ...(this.#userId === undefined ? {} : { userId: this.#userId }),
      scopes: scopesFor(client.scopes, request.scope),
      redirectUri: request.redirectUri,
      ...(request.codeChallenge ? { challenge: request.codeChallenge } : {}),
      expiresAt: this.#now() + CODE_LIFETIME,
      used: false,
    });
    return code;
  }

  #codeFor(query: URLSearchParams): string {
    if (query.get('response_type') !== 'code') {
      throw new OAuthProblem(400, 'unsupported_response_type', 'response_type must be code');
    }
    const codeChallenge = query.get('code_challenge') ?? undefined;
    if (codeChallenge && query.get('code_challenge_method') !== 'S256') {
      throw new OAuthProblem(400, 'invalid_request', 'code_challenge_method must be S256');
    }
    const scope = query.get('scope') ?? undefined;
    return this.issueCode({
      clientId: query.get('client_id') ?? '',
      redirectUri: query.get('redirect_uri') ?? '',
      ...(scope === undefined ? {} : { scope }),
      ...(codeChallenge === undefined ? {} : { codeChallenge }),
    });
  }

  #clientCredentials(client: Client & { scopes: readonly string[] }, form: URLSearchParams) {
    if (client.secret === undefined) {
      throw new OAuthProblem(400, 'unauthorized_client', 'A public client has no credentials');
    }
    const scopes = scopesFor(client.scopes, form.get('scope') ?? undefined);
    return tokenAnswer(this.#tokens.issue({ clientId: client.id, scopes }), scopes);
  }

  #refreshToken(client: Client, form: URLSearchParams) {
    const grant = this.#tokens.redeem(form.get('refresh_token') ?? '', client.id);
    if (!grant) throw new OAuthProblem(400, 'invalid_grant', 'The refresh token is not or no longer good');
    const { family, ...rest } = grant;
    const scopes = scopesFor(grant.scopes, form.get('scope') ?? undefined);
    return tokenAnswer(this.#tokens.issue({ ...rest, scopes }, { family }), scopes);
  }

  #authorizationCode(client: Client, form: URLSearchParams) {
    const name = form.get('code') ?? '';
    const code = this.#codes.get(name);
    const invalid = (why: string) => new OAuthProblem(400, 'invalid_grant', why);
    if (code?.clientId !== client.id) throw invalid('The code is unknown');
    if (code.used) {
      // A code that comes twice was stolen (RFC 6749, section 4.1.2).
      this.#tokens.revokeFamily(name);
      throw invalid('The code was used before');
    }
    if (code.expiresAt <= this.#now()) throw invalid('The code has expired');
    if (code.redirectUri !== form.get('redirect_uri')) throw invalid('redirect_uri is not that of the code');
    if (code.challenge !== undefined && code.challenge !== challengeOf(form.get('code_verifier') ?? '')) {
      throw invalid('The code_verifier is not that of the code_challenge');
    }
    code.used = true;
    const { clientId, userId, scopes } = code;
    const grant = { clientId, scopes, ...(userId === undefined ? {} : { userId }) };
    return tokenAnswer(this.#tokens.issue(grant, { family: name }), scopes);
  }

  /** HTTP Basic (RFC 6749, section 2.3.1); a public client only gives its id. */
  #authenticate(request: FakeRequest, form: URLSearchParams, mayBePublic: boolean) {
    const basic = /^Basic +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (basic === undefined) {
      const client = this.#clients.get(form.get('client_id') ?? '');
      if (client && client.secret === undefined && (mayBePublic || form.has('refresh_token'))) return client;
      throw invalidClient('Clients authenticate with HTTP Basic');
    }
    const text = Buffer.from(basic, 'base64').toString('utf8');
    const at = text.indexOf(':');
    const client = this.#clients.get(formDecode(text.slice(0, at)));
    const good = client?.secret !== undefined && client.secret === formDecode(text.slice(at + 1));
    if (!client || !good) throw invalidClient('Unknown client or wrong secret');
    return client;
  }

  #requireRedirect(clientId: string, redirectUri: string) {
    const client = this.#clients.get(clientId);
    if (!client) throw new OAuthProblem(400, 'invalid_request', 'client_id is unknown');
    const allowed = client.redirectUris?.includes(redirectUri) ?? isSafe(redirectUri);
    if (!allowed) throw new OAuthProblem(400, 'invalid_request', 'redirect_uri is not one of the client');
    return client;
  }
}

class OAuthProblem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }
}

const invalidClient = (why: string) => new OAuthProblem(401, 'invalid_client', why);

function respond(answer: () => object | FakeResponse): FakeResponse {
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  try {
    const result = answer();
    return 'status' in result ? (result as FakeResponse) : { status: 200, headers, body: result };
  } catch (error) {
    if (!(error instanceof OAuthProblem)) throw error;
    const challenge = error.status === 401 ? { 'WWW-Authenticate': 'Basic realm="oauth"' } : {};
    return {
      status: error.status,
      headers: { ...headers, ...challenge },
      body: { error: error.code, error_description: error.message },
    };
  }
}

function readForm(request: FakeRequest): URLSearchParams {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    throw new OAuthProblem(400, 'invalid_request', 'The body must be application/x-www-form-urlencoded');
  }
  return new URLSearchParams(request.body.toString('utf8'));
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

function scopesFor(granted: readonly string[], asked: string | undefined): readonly string[] {
  const wanted = asked?.split(' ').filter(Boolean) ?? [];
  const unknown = wanted.filter((scope) => !granted.includes(scope));
  if (unknown.length > 0) throw new OAuthProblem(400, 'invalid_scope', `Not granted: ${unknown.join(' ')}`);
  return wanted.length > 0 ? wanted : granted;
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function formDecode(text: string): string {
  return new URLSearchParams(`v=${text}`).get('v') ?? '';
}

function isSafe(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
