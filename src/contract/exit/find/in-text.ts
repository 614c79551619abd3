import { userInfoIn } from '../../../client/exit/redactor.js';
import { isSecret } from '../names.js';
import { assignments, unescaped } from './assigned.js';
import { cookiesOf, isCookie, isNoSentence, LONG, NAME_LIKE, passwordOf, WORD, withParts } from './parts.js';

/** Credentials behind the scheme that they are of. */
export const CREDENTIALS =
  /\b(Bearer|Basic|Digest|DPoP|Token|ApiKey|(?:Negotiate|NTLM)(?=\s[\w.~+/=-]{16}))(?:\s|%20){1,4}["'<]?([\w.~+/=-]{5,4000})/gi;

/** The `://` of a URL in a parameter of another, and who may use it: `u=https%3A%2F%2Fme%3Apw%40a.example`. */
const URL_WITHIN = /%(?:25){0,2}3a(?:%(?:25){0,2}2f){2}(?:[\w.~+!*()-]|%[\da-f]{2}){1,400}/gi;

/** An element of XML, also in SOAP and CDATA. */
const ELEMENT =
  /<(?:[\w.-]{1,64}:)?([\w.-]{1,64})(?:\s[^<>]{0,200})?>\s{0,100}(?:<!\[CDATA\[)?\s{0,100}([^<\]\s][^<\]]{0,4000})/g;

/** The same with the value in an attribute: `<password value="…"/>`. */
const ATTRIBUTE =
  /<(?:[\w.-]{1,64}:)?([\w.-]{1,64})\s[^<>]{0,200}?\b(?:value|content)\s{0,4}=\s{0,4}["']([^"'<>]{1,4000})/gi;

/** An element of XML whose values stand in elements inside it: `<recovery-codes><code>…`. */
const PARENT = /<(?:[\w.-]{1,64}:)?([\w.-]{1,64})(?:\s[^<>]{0,200})?>\s{0,100}(?=<\w)/g;

/** What introduces a name, and its value beside it: `name="pw" value="…"`, `{k: 'pw', v: '…'}`. */
const NAME_IS = String.raw`\b(?:\w{0,20}(?:name|key|field|header|param|parameter|property|attribute|label|type|loc|path)|[knh])\\{0,9}["'\`]?\s{0,4}[:=]\s{0,4}\[?`;
const VALUE_IS = String.raw`\b(?:\w{0,20}value|val|v|content|input)\\{0,9}["'\`]?\s{0,4}[:=]\s{0,4}`;
const MARK = String.raw`\\{0,9}["'\`]`;

/**
 * A name in one place and its value in the next: `<key>pw</key><string>…`, `name="pw" value="…"`, `name="pw">…`.
 * The value is only looked at: an input has a type before its name, and one value.
 */
const NAMED = new RegExp(
  String.raw`(?:<(?:key|name|field|td|th|dt)(?:\s[^<>]{0,100})?>|${NAME_IS}${MARK})\s{0,9}([\w. &#;%\\-]{1,64}?)` +
    String.raw`(?=\s{0,9}(?:<\/\w{1,64}>\s{0,100}<[\w.:-]{1,64}[^<>]{0,100}>|${MARK}[^<>{}]{0,100}?(?:>|${VALUE_IS}${MARK}))` +
    String.raw`\s{0,100}(?:<!\[CDATA\[)?\s{0,100}([^<>"'\\\]]{1,4000}))`,
  'gi',
);

/** The value before its name: `<input value="…" name="csrf_token">`. */
const NAMED_AFTER = new RegExp(
  String.raw`${VALUE_IS}${MARK}([^<>"'\\]{1,4000})${MARK}[^<>{}]{0,100}?${NAME_IS}${MARK}([\w.&#;%\\-]{1,64})`,
  'gi',
);

/** Whether a text may have such values at all. */
const HAS_VALUES = /<|(?:value|\bval|\bv|content|input)\\{0,9}["'`]?\s{0,4}[:=]/i;

/** The same of parameters: `key=pw&value=…`. */
const NAMED_PARAMETER = /\b(?:name|key|k|field)=([\w.%-]{1,64})&(?:value|val|v)=([^\s&#"'<>]{1,4000})/gi;

/** A name and its value in a list of two: `["pw", "…"]`, `('pw', '…')`. */
const PAIR = new RegExp(
  String.raw`[[(]\s{0,9}${MARK}([\w.%&#;-]{1,64})${MARK}\s{0,4},\s{0,9}${MARK}([^"'\`\\\s]{1,4000})${MARK}\s{0,9}[\])]`,
  'g',
);

/** An option of a command: `--password …`, `--token "…"`; and the user of curl. */
const OPTION = /(?<=\s|^)--([\w-]{2,40})\s{1,4}["']?([^\s"'-][^\s"']{0,4000})/g;
const USER = /(?<=\s)(?:-u|--user)\s{1,4}["']?[^\s:"']{1,100}:([^\s"']{1,4000})/g;

/** A private key as OpenSSL writes it (RFC 7468). */
const PEM = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----([\s\S]{1,8000}?)(?:-----END|$)/g;

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

/** The values of elements of XML with the names of secrets. */
function secretsInElements(text: string): string[] {
  if (!text.includes('<')) return [];
  const found = [...valuesBehind(text, ELEMENT), ...valuesBehind(text, ATTRIBUTE)];
  let read = 0;
  for (const { 0: opened, 1: name = '', index } of text.matchAll(PARENT)) {
    // One within another has been read with it.
    if (index < read || !isSecret(name)) continue;
    const begin = index + opened.length;
    const inner = text.slice(begin, begin + LONG);
    const end = inner.search(new RegExp(`</(?:[\\w.-]+:)?${name}\\s*>`));
    const own = end < 0 ? inner : inner.slice(0, end);
    read = begin + own.length;
    for (const [, value = ''] of own.matchAll(/>\s*([^<>\s][^<>]*)/g)) found.push(value.trim());
  }
  return found.filter(isNoSentence).flatMap(withParts);
}

/** The values whose names stand beside or around them, in whatever language. */
function secretsBeside(open: string): string[] {
  const text = open.includes('&lt;') ? open.replaceAll('&lt;', '<').replaceAll('&gt;', '>') : open;
  const pairs = valuesBehind(text, PAIR).filter((value) => !NAME_LIKE.test(value));
  // Most texts have no others, and to look for them takes long.
  const others = HAS_VALUES.test(text) ? valuesOfNames(text) : [];
  return [...secretsInElements(text), ...[...pairs, ...others].filter(isNoSentence).flatMap(withParts)];
}

function valuesOfNames(text: string): string[] {
  const before = [...text.matchAll(NAMED_AFTER)].flatMap(([, value = '', name = '']) =>
    isSecret(name) ? [value] : [],
  );
  return [...valuesBehind(text, NAMED), ...valuesBehind(text, NAMED_PARAMETER), ...before];
}

/** What stands behind the names of secrets. */
function valuesBehind(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, name = '', value = '']) =>
    isSecret(name) ? [value.trim()] : [],
  );
}

/** What command lines and files of keys hold. */
function secretsOfPrograms(text: string): string[] {
  if (!text.includes('-')) return [];
  return [
    ...[...text.matchAll(OPTION)].flatMap(([, name = '', value = '']) =>
      isSecret(name) && !WORD.test(value) ? [value] : [],
    ),
    ...[...text.matchAll(USER)].map(([, password = '']) => password),
    ...[...text.matchAll(PEM)].flatMap(([, key = '']) => key.split(/\s+|\\[rn]/)),
  ];
}
