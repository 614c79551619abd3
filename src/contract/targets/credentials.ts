import { oauthText } from '../../client/exit/oauth-text.js';
import { isObject, parseJson, readOAuth } from '../../document/index.js';
import { cut } from '../../text/words.js';
import { CannotRun, CutShort } from '../errors.js';
import { tryAgain } from '../exchange/rate-limit.js';
import { exchange, NoAnswer } from '../exchange/transport.js';
import { redactor } from '../exit/redactor.js';
import type { Contract } from '../model/contract.js';
import type { WireRequest, WireResponse } from '../model/exchange.js';
import type { RequestCounter, TargetName } from '../model/target.js';

/** A caller's credentials. */
export interface Credentials {
  accessToken: string | undefined;
  client: { id: string; secret: string } | undefined;
  expiredToken: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads credentials from the environment: `EV_ENERGY_LIVE_…` for that target, else `EV_ENERGY_…`.
 *
 * @param target undefined for a server without a name.
 * @throws CannotRun if half of a client's credentials is missing, or a token can't be sent.
 */
export function readCredentials(target: TargetName | undefined, environment: Environment): Credentials {
  const general = readLevel('EV_ENERGY_', environment);
  if (target === undefined) return general;
  const own = readLevel(prefixOf(target), environment);
  const expiredToken = own.expiredToken ?? general.expiredToken;
  const { accessToken, client } = own.accessToken || own.client ? own : general;
  return { accessToken, client, expiredToken };
}

/** Prefix of a target's variables: `EV_ENERGY_HOSTED_MOCK_`. */
export function prefixOf(target: string): string {
  return `EV_ENERGY_${inCapitals(target)}_`;
}

/** A name in the form of variable names. */
export function inCapitals(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

function readLevel(prefix: string, environment: Environment): Credentials {
  const read = (name: string) => environment[`${prefix}${name}`]?.trim() || undefined;
  const [id, secret] = [read('CLIENT_ID'), read('CLIENT_SECRET')];
  if ((id === undefined) !== (secret === undefined)) {
    const [set, missing] = id === undefined ? ['CLIENT_SECRET', 'CLIENT_ID'] : ['CLIENT_ID', 'CLIENT_SECRET'];
    throw new CannotRun(
      `${prefix}${set} is set, but ${prefix}${missing} isn't: set both, or an access token.`,
    );
  }
  const token = (name: string) => {
    const value = read(name);
    const odd = value === undefined ? undefined : oddity(value);
    if (odd === undefined) return value;
    throw new CannotRun(
      `${prefix}${name} holds ${odd}: set it to the bare token, as it was issued, without 'Bearer' or quotes.`,
    );
  };
  return {
    accessToken: token('ACCESS_TOKEN'),
    client: id !== undefined && secret !== undefined ? { id, secret } : undefined,
    expiredToken: token('EXPIRED_TOKEN'),
  };
}

/**
 * Says what in a token a header can't carry, or no token contains (RFC 6750, section 2.1). A quoted or prefixed token
 * would only be refused.
 */
function oddity(token: string): string | undefined {
  if (/[\r\n]/.test(token)) return 'a line break';
  if (/\s/.test(token)) return 'a space';
  if (/[^\p{ASCII}]/u.test(token)) return "a character that isn't ASCII";
  return /[^!-~]/.test(token) ? 'a control character' : undefined;
}

/** A URL of the document's OAuth endpoints, on the origin of the base URL. */
export function oauthUrl(
  contract: Contract,
  name: 'tokenUrl' | 'revocationUrl',
  baseUrl: string,
): string | undefined {
  const { [name]: url } = readOAuth(contract.document);
  if (url === undefined || !URL.canParse(url, baseUrl)) return undefined;
  return new URL(new URL(url, baseUrl).pathname, baseUrl).href;
}

/** A token, and its scopes according to the server. */
export interface Granted {
  token: string;
  scopes: readonly string[] | undefined;
}

export interface TokenOptions {
  scope?: string;
  /** Milliseconds to wait for the answer. */
  timeout: number;
  /** Counts the requests for tokens, since they belong to the run. */
  count: RequestCounter;
}

/** After a failure the endpoint is asked once more, which does no harm. */
const ATTEMPTS = 2;

/**
 * Requests a token with the client's own credentials (RFC 6749, section 4.4).
 *
 * @throws CannotRun if the endpoint can't be reached, refuses, or returns a token that can't be sent.
 */
export async function requestToken(
  tokenUrl: string,
  client: { id: string; secret: string },
  options: TokenOptions,
): Promise<Granted> {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (options.scope !== undefined) form.set('scope', options.scope);
  const request = {
    method: 'POST',
    url: tokenUrl,
    headers: {
      authorization: basic(client.id, client.secret),
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: form.toString(),
  };
  const response = await askEndpoint(request, options);
  if (response.status >= 500 || response.status === 429) {
    throw new CannotRun(
      `The token endpoint ${tokenUrl} is unavailable (${response.status}): ${tryAgain(response)}.`,
    );
  }
  const json = parseJson(response.body);
  const body = isObject(json?.value) ? json.value : {};
  if (response.status !== 200 || typeof body.access_token !== 'string') {
    const error = typeof body.error === 'string' ? ` ${errorCode(body.error, client.secret)}` : '';
    throw new CannotRun(
      `${tokenUrl} refused the client credentials (${response.status}${error}): check the client id and secret.`,
    );
  }
  const odd = oddity(body.access_token);
  if (odd !== undefined) {
    throw new CannotRun(`${tokenUrl} gave an access_token that holds ${odd}: it can't be sent.`);
  }
  const scopes = typeof body.scope === 'string' ? body.scope.split(' ').filter(Boolean) : undefined;
  return { token: body.access_token, scopes };
}

/**
 * Requests the token that a run begins with: without it there is no run.
 *
 * @throws CannotRun if `requestToken` does, or the budget is spent before.
 */
export function firstToken(...asked: Parameters<typeof requestToken>): Promise<Granted> {
  return requestToken(...asked).catch((cause: unknown) => {
    if (!(cause instanceof CutShort)) throw cause;
    throw new CannotRun(`No token could be requested from ${asked[0]}: ${cause.message}.`, { cause });
  });
}

async function askEndpoint(request: WireRequest, { timeout, count }: TokenOptions): Promise<WireResponse> {
  for (let attempt = 1; ; attempt += 1) {
    count.take();
    const outcome = await exchange(request, timeout).catch((error: NoAnswer) => error);
    const refused = outcome instanceof NoAnswer && outcome.message === 'connection refused';
    const failed = outcome instanceof NoAnswer || outcome.status >= 500;
    if (failed && !refused && attempt < ATTEMPTS) continue;
    if (!(outcome instanceof NoAnswer)) return outcome;
    throw new CannotRun(
      `No answer from the token endpoint ${request.url}: ${outcome.message}. Is --token-url right?`,
      { cause: outcome },
    );
  }
}

/** What an endpoint calls an error, which may repeat what was sent. */
function errorCode(error: string, secret: string): string {
  return cut(oauthText(error, redactor([secret]).text));
}

/** Both parts are form-encoded before they are joined (RFC 6749, section 2.3.1). */
export function basic(id: string, secret: string): string {
  const encode = (text: string) => new URLSearchParams({ v: text }).toString().slice(2);
  return `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`;
}
