import type { ApiRequest } from '../send/request.js';
import { HIDDEN, hideUserInfo, type Redactor } from './redactor.js';

/** Headers with such a name hold a secret; this covers the caller's own header names too. */
const SECRET = /auth|bearer|cookie|credential|dpop|jwt|key|pass|pwd|secret|session|signature|token/i;

/** Challenges have such names too, but hold no secret. */
const CHALLENGE = /^(?:www|proxy)-authenticate$/;

type Fields = Iterable<[string, string]>;

/**
 * Returns a function that takes secrets out of a text: all that the client knows, those in the request's headers and in
 * the answer's, and the user information of URLs.
 */
export function hiderOf(
  { secrets, headers }: { readonly secrets: Redactor; readonly headers: Fields },
  answer: Fields = [],
): (text: string) => string {
  secrets.learn(...secretsOf(headers));
  secrets.learnSet(secretsOf(answer));
  return (text) => hideUserInfo(secrets.hide(text));
}

/**
 * How errors describe a request. The URL is redacted too: the server may have put a secret into the link that we
 * followed.
 */
export function shownOf(
  request: ApiRequest,
  hide = hiderOf(request),
): { operationId: string; method: string; url: string } {
  const { operation, method, url } = request;
  return { operationId: hide(operation.id), method, url: hide(url) };
}

/** The secrets in headers. */
function secretsOf(headers: Fields): string[] {
  return [...headers].filter(([name]) => isSecret(name)).flatMap(([name, value]) => secretParts(name, value));
}

function isSecret(name: string): boolean {
  return SECRET.test(name) && !CHALLENGE.test(name);
}

function secretParts(name: string, value: string): string[] {
  if (name.endsWith('authorization')) {
    // The part after the scheme (RFC 9110, 11.4).
    const credentials = value.replace(/^\S+\s+/, '');
    return [credentials, ...(/^basic\s/i.test(value) ? [passwordOf(credentials)] : [])];
  }
  // The values of cookies, without their names. In `set-cookie`, attributes follow the first pair.
  const pairs = value.split(/;\s*/, name === 'set-cookie' ? 1 : undefined);
  return [value, ...pairs.map((pair) => pair.replace(/^[^=]*=/, ''))];
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

/** A copy of the response headers, without the secrets that the server sets or repeats, in names or values. */
export function redactResponseHeaders(headers: Fields, hide: (text: string) => string): Headers {
  const safe = new Headers();
  for (const [name, value] of headers)
    safe.append(hide(name) === name ? name : 'redacted', isSecret(name) ? HIDDEN : hide(value));
  return safe;
}

/** A copy of the request headers that is safe to log. */
export function redactHeaders(headers: Fields, hide: (text: string) => string): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [hide(name), isSecret(name) ? HIDDEN : hide(value)]),
  );
}
