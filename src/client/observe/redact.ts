import { CUT } from '../send/response.js';

/**
 * Characters of a secret that a text may show where it was cut within the secret. A secret that has no more is left in
 * as well: nobody guards anything with so few, and to take out each `any` or `mock` makes a text unreadable.
 */
const HARMLESS = 4;

/** The text without the secrets that are in it, however they are escaped; those of fewer than 5 characters stay. */
export function redact(text: string, ...secrets: readonly (string | null | undefined)[]): string {
  let safe = text;
  for (const secret of secrets)
    if (secret && secret.length > HARMLESS)
      for (const spelling of spellings(secret))
        safe = withoutStart(safe.replaceAll(spelling, '[redacted]'), spelling);
  return safe;
}

/** A text that was cut off, without the start of the secret that it ends with. */
function withoutStart(text: string, spelling: string): string {
  for (let length = spelling.length; text.endsWith(CUT) && length > HARMLESS; length--)
    if (text.endsWith(spelling.slice(0, length) + CUT))
      return `${text.slice(0, -length - CUT.length)}[redacted]${CUT}`;
  return text;
}

/** How a text writes a secret: as it is, in JSON, a URL, a form, or HTTP Basic with a client's credentials. */
function spellings(secret: string): Set<string> {
  const json = JSON.stringify(secret).slice(1, -1);
  const form = new URLSearchParams({ '': secret }).toString().slice(1);
  const encoded = [encodeURIComponent(secret), form, formEncoded(secret)];
  const lower = encoded.map((text) => text.replace(/%../g, (byte) => byte.toLowerCase()));
  return new Set([secret, json, json.replaceAll('/', '\\/'), ...encoded, ...lower]);
}

/** As oauth4webapi writes id and secret into HTTP Basic (RFC 6749, 2.3.1 and appendix B). */
export function formEncoded(value: string): string {
  return encodeURIComponent(value)
    .replaceAll('%20', '+')
    .replace(/[-_.!~*'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What of an `authorization` header is secret: all of it, or what follows the scheme (RFC 9110, 11.4). */
function authorizationSecrets(authorization: string): string[] {
  const credentials = authorization.replace(/^\S+\s+/, '');
  return /^basic\s/i.test(authorization) ? [credentials, ...basicSecrets(credentials)] : [credentials];
}

/** Names of request headers whose value is a secret, those of the caller's own among them. */
const SECRET = /auth|bearer|cookie|credential|jwt|key|pass|pwd|secret|session|signature|token/i;

/** What of request headers is secret. */
function secretsOf(headers: Headers): string[] {
  return [...headers]
    .filter(([name]) => SECRET.test(name))
    .flatMap(([name, value]) =>
      name.endsWith('authorization')
        ? authorizationSecrets(value)
        : // A cookie's values without their names.
          [value, ...value.split(/;\s*/).map((pair) => pair.replace(/^[^=]*=/, ''))],
    );
}

/** Takes what is secret of the request headers that were sent out of texts. */
export function hiderOf(sent: Headers): (text: string) => string {
  const secrets = secretsOf(sent);
  return (text) => redact(text, ...secrets);
}

/** The same for a text that is cut or broken JSON, or HTML, in which any character of a secret may be escaped. */
export function bodyHiderOf(sent: Headers): (text: string) => string {
  const hide = hiderOf(sent);
  return (text) => {
    const plain = unescaped(text);
    const safe = hide(plain);
    return safe === plain ? hide(text) : safe;
  };
}

function unescaped(text: string): string {
  return text.replace(/\\u([\da-f]{4})|&#x([\da-f]{1,6});|&#(\d{1,7});/gi, (_, json, hex, decimal) =>
    String.fromCharCode(decimal ? Number(decimal) : Number.parseInt(json ?? hex, 16)),
  );
}

function basicSecrets(credentials: string): string[] {
  try {
    return [atob(credentials).replace(/^[^:]*:/, '')];
  } catch {
    return [];
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

/** A copy of response headers without what a server repeats of a secret. */
export function redactResponseHeaders(
  headers: Iterable<[string, string]>,
  hide: (text: string) => string,
): Headers {
  const safe = new Headers();
  for (const [name, value] of headers) safe.append(name, hide(value));
  return safe;
}

/** A copy of request headers fit for logs. */
export function redactHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [name, SECRET.test(name) ? '[redacted]' : value]),
  );
}
