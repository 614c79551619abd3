import type { ApiRequest } from '../send/request.js';
import { HIDDEN } from './redactor.js';

/** Names of headers whose value is a secret, those of the caller's own among them. */
const SECRET = /auth|bearer|cookie|credential|dpop|jwt|key|pass|pwd|secret|session|signature|token/i;

/** Takes what is secret out of texts: all that the client knows, and what is secret of the request that was sent. */
export function hiderOf({
  secrets,
  headers,
}: Pick<ApiRequest, 'secrets' | 'headers'>): (text: string) => string {
  secrets.learn(...secretsOf(headers));
  return secrets.hide;
}

/** What errors tell of a request. A server may have put a secret into the URL, by the link that was followed. */
export function shownOf(request: ApiRequest): { operationId: string; method: string; url: string } {
  const { operation, method, url } = request;
  return { operationId: operation.id, method, url: hiderOf(request)(url) };
}

/** What of headers is secret. */
function secretsOf(headers: Iterable<[string, string]>): string[] {
  return [...headers]
    .filter(([name]) => SECRET.test(name))
    .flatMap(([name, value]) => secretParts(name, value));
}

function secretParts(name: string, value: string): string[] {
  if (name.endsWith('authorization')) {
    // What follows the scheme (RFC 9110, 11.4).
    const credentials = value.replace(/^\S+\s+/, '');
    return [credentials, ...(/^basic\s/i.test(value) ? [passwordOf(credentials)] : [])];
  }
  // A cookie's values without their names.
  return [value, ...value.split(/;\s*/).map((pair) => pair.replace(/^[^=]*=/, ''))];
}

function passwordOf(credentials: string): string {
  try {
    return atob(credentials).replace(/^[^:]*:/, '');
  } catch {
    return '';
  }
}

/** The JSON value without the secrets that are in its texts and names. */
export function redactJson(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => redactJson(item, hide));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [hide(name), redactJson(item, hide)]),
  );
}

/** A copy of response headers without what a server repeats of a secret, or sets as one. */
export function redactResponseHeaders(
  headers: Iterable<[string, string]>,
  hide: (text: string) => string,
): Headers {
  const safe = new Headers();
  for (const [name, value] of headers) safe.append(name, name === 'set-cookie' ? HIDDEN : hide(value));
  return safe;
}

/** A copy of request headers fit for logs. */
export function redactHeaders(headers: Headers, hide: (text: string) => string): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [name, SECRET.test(name) ? HIDDEN : hide(value)]),
  );
}
