import { userInfoIn } from '../../../client/exit/redactor.js';
import { assignments, unescaped } from './assigned.js';
import { secretsBeside, secretsOfPrograms } from './beside.js';
import { cookiesOf, isCookie, passwordOf, withParts } from './parts.js';

/** Credentials behind the scheme that they are of. */
export const CREDENTIALS =
  /\b(Bearer|Basic|Digest|DPoP|Token|ApiKey|(?:Negotiate|NTLM)(?=\s[\w.~+/=-]{16}))(?:\s|%20){1,4}["'<]?([\w.~+/=-]{5,4000})/gi;

/** The `://` of a URL in a parameter of another, and who may use it: `u=https%3A%2F%2Fme%3Apw%40a.example`. */
const URL_WITHIN = /%(?:25){0,2}3a(?:%(?:25){0,2}2f){2}(?:[\w.~+!*()-]|%[\da-f]{2}){1,400}/gi;

export function secretsInText(text: string): string[] {
  return [
    ...[text, ...urlsWithin(text)].flatMap(userInfoIn).flatMap((one) => [one, unescaped(one)]),
    ...[...text.matchAll(CREDENTIALS)].flatMap(([, scheme = '', credentials = '']) =>
      /^basic$/i.test(scheme) ? [credentials, ...passwordOf(credentials)] : [credentials],
    ),
    ...secretsBeside(text),
    ...secretsOfPrograms(text),
    ...assignments(text).flatMap(({ from, to, name }) => {
      const value = text.slice(from, to);
      return [...withParts(value), ...unescapedOf(value), ...(isCookie(name) ? cookiesOf(name, value) : [])];
    }),
  ];
}

export function credentialsOf(value: string): string[] {
  const space = value.indexOf(' ');
  const credentials = value.slice(space + 1).trim();
  return /^basic$/i.test(value.slice(0, Math.max(0, space)))
    ? [credentials, ...passwordOf(credentials)]
    : [...withParts(credentials), ...secretsInText(value)];
}

/** The URLs that stand in parameters of others, as they were before they were escaped: once, twice and three times. */
function urlsWithin(text: string): string[] {
  return [...text.matchAll(URL_WITHIN)].flatMap(([url]) => {
    const once = unescaped(url);
    const twice = unescaped(once);
    return [once, twice, unescaped(twice)];
  });
}

/**
 * A value as it was before it was escaped, up to three times, and up to where the escaped text goes on; and the secrets
 * of what goes on there.
 */
function unescapedOf(value: string): string[] {
  const found = secretsBehind(value);
  let open = value;
  for (let layer = 0; layer < 3; layer++) {
    const inner = unescaped(open);
    if (inner === open) break;
    open = inner;
    found.push(open, /^["']?([^\s&"'<>,;\\{}[\]]*)/.exec(open)?.[1] ?? '', ...secretsBehind(open));
  }
  return found;
}

/** The first parameter of several, and the secrets among the others: `abc#id_token=…`, `abc&state=…`. */
function secretsBehind(parameters: string): string[] {
  const end = parameters.search(/[&#][^=]{1,100}=/);
  if (end < 0) return [];
  const others = parameters.slice(end + 1);
  return [parameters.slice(0, end), ...assignments(others).map(({ from, to }) => others.slice(from, to))];
}
