/** Characters of a header's or a member's value that are taken apart. */
export const LONG = 4_000;

/** Words behind such a name that aren't secrets: a scheme, a type, what is wrong with it. */
export const WORD =
  /^(?:bearer|basic|digest|dpop|token|apikey|string|number|boolean|object|null|true|false|undefined|required|missing|invalid|expired|nothing)$/i;

/** What a name looks like, and no secret: two of those side by side are a list of names. */
export const NAME_LIKE = /^[\p{L}_. -]*(?:_?\d)?$/u;

export function cookiesOf(name: string, value: string): string[] {
  const pairs = value.split(/;\s{0,4}/);
  // What stands behind the first of `Set-Cookie` are its attributes.
  return (/^set-/i.test(name) ? pairs.slice(0, 1) : pairs).map((pair) => pair.replace(/^[^=]{0,200}=/, ''));
}

/** A secret, and those of its parts that another text may repeat by themselves: `v1=…`, `sid=…`, a line. */
export function withParts(secret: string): string[] {
  return [secret, ...secret.split(/[\r\n]+/), ...randomIn(secret)];
}

export function randomIn(text: string): string[] {
  return text
    .slice(0, LONG)
    .split(/[\s,;"'`=]+/)
    .filter(looksRandom);
}

/** A password as it is written in HTTP Basic, and as it was before it was written as in a form. */
export function passwordOf(credentials: string): string[] {
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  const password = decoded.slice(decoded.indexOf(':') + 1);
  return [password, ...new URLSearchParams(`v=${password}`).getAll('v')];
}

export function isCookie(name: string): boolean {
  return /cookie$/i.test(name);
}

/** A sentence below the name of a field says what is wrong with it. */
export function isNoSentence(text: string): boolean {
  return !/\s.*[.!]$/.test(text.slice(0, 200)) && !WORD.test(text);
}

/** Long, of letters and digits, and no word. */
export function looksRandom(value: string): boolean {
  return /^[\w.~+/=-]{16,}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}
