import type { ApiRequest } from '../send/request.js';
import { HIDDEN } from './redactor.js';

/** Headers with such a name hold a secret; it covers names of the caller's own too. */
const SECRET = /auth|bearer|cookie|credential|dpop|jwt|key|pass|pwd|secret|session|signature|token/i;

/**
 * Returns a function that takes secrets out of a text: all that the client knows, and those in the request's headers.
 */
export function hiderOf({
  secrets,
  headers,
}: Pick<ApiRequest, 'secrets' | 'headers'>): (text: string) => string {
  secrets.learn(...secretsOf(headers));
  return secrets.hide;
}

/**
 * How errors describe a request. The URL is redacted too: the server may have put a secret into the link that we
 * followed.
 */
export function shownOf(request: ApiRequest): { operationId: string; method: string; url: string } {
  const { operation, method, url } = request;
  return { operationId: operation.id, method, url: hiderOf(request)(url) };
}

/** The secrets in a request's headers. */
function secretsOf(headers: Iterable<[string, string]>): string[] {
  return [...headers]
    .filter(([name]) => SECRET.test(name))
    .flatMap(([name, value]) => secretParts(name, value));
}

function secretParts(name: string, value: string): string[] {
  if (name.endsWith('authorization')) {
    // The part after the scheme (RFC 9110, 11.4).
    const credentials = value.replace(/^\S+\s+/, '');
    return [credentials, ...(/^basic\s/i.test(value) ? [passwordOf(credentials)] : [])];
  }
  // The values of cookies, without their names.
  return [value, ...value.split(/;\s*/).map((pair) => pair.replace(/^[^=]*=/, ''))];
}

function passwordOf(credentials: string): string {
  try {
    return atob(credentials).replace(/^[^:]*:/, '');
  } catch {
    return '';
  }
}

/** A copy of the JSON value with the secrets in its strings and member names replaced. */
export function redactJson(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => redactJson(item, hide));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [hide(name), redactJson(item, hide)]),
  );
}

/** A copy of the response headers, without cookies that the server sets or secrets that it repeats. */
export function redactResponseHeaders(
  headers: Iterable<[string, string]>,
  hide: (text: string) => string,
): Headers {
  const safe = new Headers();
  for (const [name, value] of headers) safe.append(name, name === 'set-cookie' ? HIDDEN : hide(value));
  return safe;
}

/** A copy of the request headers that is safe to log. */
export function redactHeaders(headers: Headers, hide: (text: string) => string): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [name, SECRET.test(name) ? HIDDEN : hide(value)]),
  );
}
