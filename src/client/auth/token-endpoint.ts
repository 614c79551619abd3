import type * as Oauth from 'oauth4webapi';
import { OAuthError } from '../errors/oauth-error.js';
import { safeCopy } from '../exit/connection-failure.js';
import { oauthText } from '../exit/oauth-text.js';
import { formEncoded, Redactor } from '../exit/redactor.js';
import { reason } from '../observe/reason.js';
import type { Fetch } from '../options.js';
import { CutBody, ReadResponse, readText, realResponse } from '../send/response.js';
import { platformFetch } from '../send/transport.js';
import { deadline, until } from '../wait/abort.js';
import { credentials, endpoint, type OAuthApplication } from './application.js';
import type * as Library from './oauth.js';
import type { Tokens } from './tokens.js';

/** Loaded on demand: the library is large, and callers that pass their own token never need it. */
export function loadOAuth(): Promise<typeof Library> {
  return import('./oauth.js');
}

/** Bytes of an endpoint's answer, unpacked, that we read at most: an answer with tokens has a few thousand. */
const LARGEST = 2 ** 20;

/** What every call of oauth4webapi needs. */
export interface OAuthContext {
  readonly oauth: typeof Library;
  readonly server: Oauth.AuthorizationServer;
  readonly client: Oauth.Client;
  readonly authentication: Oauth.ClientAuth;
  readonly options: Oauth.TokenEndpointRequestOptions;
}

/**
 * Sends a request to one of the application's endpoints, and turns a failure into an `OAuthError`.
 * @param secrets what the request sends besides the client's credentials; the error shows none of it
 */
export async function withEndpoint<T>(
  application: OAuthApplication,
  name: 'tokenUrl' | 'revocationUrl',
  secrets: readonly (string | null | undefined)[],
  run: (context: OAuthContext) => Promise<T>,
): Promise<T> {
  const url = endpoint(application, name);
  const { id, secret } = credentials(application);
  const oauth = await loadOAuth();
  const { fetch, timeout = 30_000 } = application;
  const where = `${url.origin}${url.pathname}`;
  const { signal, over, clear } = deadline(
    timeout,
    () => new OAuthError(`${where} took longer than ${timeout} ms; set timeout to allow more`),
  );
  try {
    const running = run({
      oauth,
      server: { issuer: url.origin, token_endpoint: url.href, revocation_endpoint: url.href },
      client: { client_id: id },
      authentication: secret === undefined ? oauth.None() : oauth.ClientSecretBasic(secret),
      options: {
        // `endpoint` has made sure that http is loopback only.
        [oauth.allowInsecureRequests]: url.protocol === 'http:',
        [oauth.customFetch]: boundedFetch(fetch, over),
        signal: signal(),
      },
    });
    // The caller's own fetch may ignore the signal.
    return await until(over, running);
  } catch (error) {
    if (error instanceof OAuthError) throw error;
    const basic = secret === undefined ? '' : btoa(`${formEncoded(id)}:${formEncoded(secret)}`);
    const known = new Redactor();
    known.learn(basic, secret, ...secrets);
    throw await oauthError(oauth, error, name, where, known.hide);
  } finally {
    clear();
  }
}

/**
 * The library reads an answer to its end, however long it is, and needs the standard's `Response`, where a transport
 * may return less.
 */
function boundedFetch(
  fetch: Fetch = platformFetch,
  over: Promise<never>,
): (url: string, init: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const response = realResponse(await fetch(url, init));
    try {
      return new ReadResponse(response, await readText(response, over, LARGEST)).toResponse();
    } catch (error) {
      // The part that arrived may contain a token.
      throw error instanceof CutBody ? error.cause : error;
    }
  };
}

export function requestTokens(
  application: OAuthApplication,
  grantType: string,
  parameters: Record<string, string>,
): Promise<Tokens> {
  const secrets = [parameters.refresh_token];
  return withEndpoint(application, 'tokenUrl', secrets, async (context) => {
    const { oauth, server, client, authentication, options } = context;
    const response = await oauth.genericTokenEndpointRequest(
      server,
      client,
      authentication,
      grantType,
      parameters,
      options,
    );
    return readTokens(await oauth.processGenericTokenEndpointResponse(server, client, response));
  });
}

export function readTokens(answer: Oauth.TokenEndpointResponse): Tokens {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresAt: answer.expires_in === undefined ? undefined : new Date(Date.now() + answer.expires_in * 1000),
    scope: answer.scope,
  };
}

/** What an endpoint says when it refuses (RFC 6749, 5.2), in whatever types it sends. */
interface Refusal {
  readonly error?: unknown;
  readonly error_description?: unknown;
}

/** The library's own error isn't kept as cause: it may hold the token endpoint's answer, tokens included. */
async function oauthError(
  oauth: typeof Library,
  error: unknown,
  name: 'tokenUrl' | 'revocationUrl',
  where: string,
  hide: (text: string) => string,
): Promise<OAuthError> {
  const shown = (value: unknown) => (typeof value === 'string' ? oauthText(value, hide) : undefined);
  const refused = (by: string, status: number | undefined, answer: Refusal) =>
    refusal(by, status, shown(answer.error), shown(answer.error_description));
  if (error instanceof oauth.ResponseBodyError) return refused(where, error.status, error);
  if (error instanceof oauth.AuthorizationResponseError)
    return refused('the authorization endpoint', undefined, error);
  if (error instanceof oauth.WWWAuthenticateChallengeError)
    return refused(where, error.status, (await error.response.json().catch(() => undefined)) ?? {});
  // The cause of the library's own errors may quote the answer, and with it a new token.
  const own = error instanceof oauth.OperationProcessingError;
  const message = hide(own ? error.message : reason(error));
  const status = own && error.cause instanceof Response ? error.cause.status : undefined;
  const answered = status === undefined ? '' : ` (status ${status})`;
  const failed = name === 'tokenUrl' ? 'gave no token' : 'did not revoke';
  return new OAuthError(`${where} ${failed}: ${message}${answered}; check ${name} and baseUrl`, {
    status,
    ...(own ? {} : { cause: safeCopy(error, hide) }),
  });
}

const NEXT_STEP: Readonly<Record<string, string>> = {
  invalid_client: 'check clientId and clientSecret',
  invalid_grant: 'the code or refresh token is used up, expired or revoked: let the user authorize again',
  invalid_scope: 'check scope',
  access_denied: 'the user, or the server, said no',
};

function refusal(
  where: string,
  status: number | undefined,
  code = 'no error code',
  description?: string,
): OAuthError {
  const text = [code, description].filter(Boolean).join(', ');
  const next = NEXT_STEP[code] ? `; ${NEXT_STEP[code]}` : '';
  return new OAuthError(`${where} refused${status ? ` with ${status}` : ''}: ${text}${next}`, {
    code,
    description,
    status,
  });
}
