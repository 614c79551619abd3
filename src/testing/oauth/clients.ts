import type { FakeRequest } from '../http/exchange.js';
import { fromBase64 } from './base64.js';
import { OAuthProblem } from './errors.js';
import type { Application, Client, Clients } from './grant.js';

export class KnownClients implements Clients {
  readonly #clients: ReadonlyMap<string, Application>;

  /** @param scopes of clients that don't name their own. */
  constructor(clients: readonly Client[], scopes: readonly string[]) {
    this.#clients = new Map(clients.map((client) => [client.id, { scopes, ...client }]));
  }

  get(id: string): Application | undefined {
    return this.#clients.get(id);
  }

  withRedirect(id: string, redirectUri: string): Application {
    const client = this.#clients.get(id);
    if (!client) throw new OAuthProblem(400, 'invalid_request', 'client_id is unknown');
    const allowed = client.redirectUris?.includes(redirectUri) ?? isSafe(redirectUri);
    if (!allowed) throw new OAuthProblem(400, 'invalid_request', 'redirect_uri is not one of the client');
    return client;
  }
}

/**
 * Identifies the client of a request, by HTTP Basic (RFC 6749, section 2.3.1); a public client only sends its id.
 *
 * @throws OAuthProblem 401 for an unknown client or a wrong secret.
 */
export function authenticateClient(
  request: FakeRequest,
  form: URLSearchParams,
  clients: Clients,
): Application {
  const basic = /^Basic +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (basic === undefined) {
    const client = clients.get(form.get('client_id') ?? '');
    if (client && client.secret === undefined) return client;
    throw new OAuthProblem(401, 'invalid_client', 'Clients authenticate with HTTP Basic');
  }
  const text = fromBase64(basic) ?? '';
  const colon = text.indexOf(':');
  const client = clients.get(formDecode(text.slice(0, colon)));
  if (client?.secret !== undefined && client.secret === formDecode(text.slice(colon + 1))) return client;
  throw new OAuthProblem(401, 'invalid_client', 'Unknown client or wrong secret');
}

/** The id and the secret are form-encoded inside the header. */
function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function isSafe(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** @throws OAuthProblem if a requested scope wasn't granted. */
export function scopesFor(granted: readonly string[], asked: string | null | undefined): readonly string[] {
  const wanted = asked?.split(' ').filter(Boolean) ?? [];
  const unknown = wanted.filter((scope) => !granted.includes(scope));
  if (unknown.length > 0) throw new OAuthProblem(400, 'invalid_scope', `Not granted: ${unknown.join(' ')}`);
  return wanted.length > 0 ? wanted : granted;
}
