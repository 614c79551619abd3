import { HIDDEN, userInfoIn } from '../../../client/exit/redactor.js';
import { isSecret, isSecretParameter } from '../names.js';
import { MAY_STAND_BESIDE, secretsBeside } from './beside.js';
import { cookiesOf, isCookie, isNoSentence, passwordOf, WORD, withParts } from './parts.js';

/** Credentials behind the scheme that they are of. */
export const CREDENTIALS =
  /\b(Bearer|Basic|Digest|DPoP|Token|ApiKey|(?:Negotiate|NTLM)(?=\s[\w.~+/=-]{16}))(?:\s|%20){1,4}["'<]?([\w.~+/=-]{5,4000})/gi;

/** The `://` of a URL in a parameter of another, and who may use it: `u=https%3A%2F%2Fme%3Apw%40a.example`. */
const URL_WITHIN = /%(?:25){0,2}3a(?:%(?:25){0,2}2f){2}(?:[\w.~+!*()-]|%[\da-f]{2}){1,400}/gi;

/** An option of a command: `--password …`, `--token "…"`; and the user of curl. */
const OPTION = /(?<=\s|^)--([\w-]{2,40})\s{1,4}["']?([^\s"'-][^\s"']{0,4000})/g;
const USER = /(?<=\s)(?:-u|--user)\s{1,4}["']?[^\s:"']{1,100}:([^\s"']{1,4000})/g;

/** A private key as OpenSSL writes it (RFC 7468). */
const PEM = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----([\s\S]{1,8000}?)(?:-----END|$)/g;

/** The signs between a name and its value: as they are, wide, and escaped in a URL. */
const SIGN = String.raw`(?:=|[:\uff1d\uff1a\ufe66\ufe55\ufe13]|%(?:25){0,3}3[ad])`;

/** A letter of a name: as it is, or in an escape of a URL, of JSON or of HTML. */
const LETTER = String.raw`(?:[\p{L}\p{N}_.[\]%\\-]|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});)`;

/** A quote, also one that is escaped. */
const QUOTE = '(?:\\\\{0,9}["\'`]|&(?:quot|#0*34|#x0*22);)';

/** White space, and a comment as JavaScript and those who write JSON by hand have them. */
const GAP = String.raw`(?:\s{0,40}(?:/\*[^*]{0,200}\*/|//[^\n/]{0,200}\n){0,2}\s{0,40})`;

/**
 * An `=` or `:` with the name before it, as queries, forms, broken JSON and texts have them, also in a query or in
 * HTML. The sign is searched, and only then is looked back for a name: signs are few, and each letter of a text could
 * begin a name. Before a quote may stand what kind of text it begins, or what is made of it: `'token': u'…'`, `token:
 * Some("…")`.
 */
const ASSIGNED = new RegExp(
  `${SIGN}(?<=(${LETTER}{1,100})(${QUOTE}?${GAP}${SIGN}))([>=]?${GAP}(?:(?:[bfru]{0,2}|\\w{1,20}\\()${QUOTE}|%(?:25){0,3}22)?)`,
  'giu',
);
const VALUE = /(?:[^\s&"'`<>,;\\{}[\]]|\\[^"']){1,4000}/y;

/** A value in quotes, of several words; in a text that is cut, up to its end. */
const QUOTED = /"(?:[^"\\\n]|\\.){1,4000}(?:"|$)/y;

/** What stands before the name of a parameter, up to a sign that is escaped or not: `? & # ; / : =`. */
const BEFORE_NAME = /^.*(?:[?&#;/:=]|%(?:25){0,3}(?:2[36f]|3[abdf]))/is;

/** Cookies behind the first one. */
const COOKIES = /(?:;\s{0,4}[^\s;,="']{1,200}=[^\s;,"']{0,4000}){1,100}/y;

/** A list of values behind a name, as broken JSON has it, and one of its values. */
const LIST = /\s{0,9}\[[^\]{}]{1,1000}/y;
const ITEM =
  /(?<=["'])(?:[^"'\\]|\\.)+(?=["']\s{0,9}(?:,|$))|(?<=["'])(?:[^"'\\]|\\.)+$|[\w.+-]+(?=\s{0,9}(?:,|$))/g;

/** How a sentence goes on behind such a name: `it needs a token: set …`. */
const SENTENCE = /[a-z]{1,8} [a-z]/iy;

export function secretsInText(text: string): string[] {
  return [
    ...[text, ...urlsWithin(text)].flatMap(userInfoIn).flatMap((one) => [one, unescaped(one)]),
    ...[...text.matchAll(CREDENTIALS)].flatMap(([, scheme = '', credentials = '']) =>
      /^basic$/i.test(scheme) ? [credentials, ...passwordOf(credentials)] : [credentials],
    ),
    ...(MAY_STAND_BESIDE.test(text) ? secretsBeside(text) : []),
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

interface Assignment {
  readonly from: number;
  readonly to: number;
  /** The name before the value. */
  readonly name: string;
}

/** Where a text has the values of secrets behind their names: `name=value`, `"name": "value"`, `name: value`. */
export function assignments(text: string): Assignment[] {
  const found: Assignment[] = [];
  const signs = new RegExp(ASSIGNED);
  const values = new RegExp(VALUE);
  let barren = 0;
  for (let match = signs.exec(text); match; match = signs.exec(text)) {
    const [, name = '', before = '', after = ''] = match;
    const sign = before + after;
    if (!assigns(name, sign)) continue;
    // What is hidden already isn't hidden once more, but what stands behind it is.
    const from = signs.lastIndex + (text.startsWith(HIDDEN, signs.lastIndex) ? HIDDEN.length : 0);
    const list = from < barren ? undefined : listAt(text, from);
    const items = list ? itemsOf(list, from) : [];
    // After a list without values we go on halfway through it: a list inside it would read nearly the same text again.
    if (list && items.length === 0) barren = from + list.length / 2;
    if (items.length > 0) {
      found.push(...items.map((item) => ({ ...item, name })));
      signs.lastIndex = items.at(-1)?.to ?? from;
      continue;
    }
    const quoted = quotedAt(text, match.index + 1, from);
    if (quoted !== undefined) {
      found.push({ from, to: quoted, name });
      signs.lastIndex = quoted;
      continue;
    }
    values.lastIndex = from;
    if (!values.test(text)) continue;
    const value = text.slice(from, values.lastIndex);
    if (WORD.test(value) || isStatus(name, value) || goesOn(text, sign, from)) continue;
    const to = isCookie(name) ? endOfCookies(text, values.lastIndex) : values.lastIndex;
    found.push({ from, to, name });
    signs.lastIndex = to;
  }
  return found;
}

/** A list that begins there. */
function listAt(text: string, from: number): string | undefined {
  const lists = new RegExp(LIST);
  lists.lastIndex = from;
  return lists.exec(text)?.[0];
}

/** Its values. */
function itemsOf(list: string, from: number): { from: number; to: number }[] {
  return [...list.matchAll(ITEM)].map(({ 0: item, index }) => ({
    from: from + index,
    to: from + index + item.length,
  }));
}

/** Where a value of several words ends that is in quotes; undefined where it isn't, or is only one. */
function quotedAt(text: string, sign: number, from: number): number | undefined {
  const quotes = new RegExp(QUOTED);
  quotes.lastIndex = from - 1;
  const value = sign < from ? quotes.exec(text)?.[0] : undefined;
  if (value === undefined || !/\s/.test(value)) return undefined;
  const inner = value.slice(1).replace(/"$/, '');
  return isNoSentence(inner) ? from + inner.length : undefined;
}

/** Where the last of several cookies ends: `Cookie: a=1; b=2`. */
function endOfCookies(text: string, first: number): number {
  const others = new RegExp(COOKIES);
  others.lastIndex = first;
  return others.test(text) ? others.lastIndex : first;
}

/** `Prefer: code=404` asks a mock for a status; a code that proves anything is longer. */
function isStatus(name: string, value: string): boolean {
  return name.toLowerCase() === 'code' && /^[1-5]\d\d$/.test(value);
}

function goesOn(text: string, sign: string, from: number): boolean {
  SENTENCE.lastIndex = from;
  return sign === ': ' && SENTENCE.test(text);
}

/** Whether `name=value` is the assignment of a secret. `code: 12` in a text isn't one. */
function assigns(name: string, sign: string): boolean {
  const plain = name.includes('\\') ? unescapedName(name) : name;
  if (!/[=%]/.test(sign)) return isSecret(plain);
  return isSecret(plain) || parametersIn(plain).some((one) => isSecretParameter(unescaped(one)));
}

/** The parameter at the end of a URL within a URL, and its parts: `%2Fcallback%3Fcode`, `filter%5Btoken%5D`. */
function parametersIn(name: string): string[] {
  return name.replace(BEFORE_NAME, '').split(/[[\]]|%(?:25){0,3}5[bd]/i);
}

/** A name as it was before JSON, or a language like it, escaped it: `client\u005fsecret`, of one layer or more. */
export function unescapedName(name: string): string {
  return name.replace(/\\+(?:u([\da-f]{4})|x([\da-f]{2})|[bfnrt])?/gi, (_, four?: string, two?: string) =>
    four || two ? String.fromCharCode(Number.parseInt(four ?? two ?? '', 16)) : ' ',
  );
}

export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
