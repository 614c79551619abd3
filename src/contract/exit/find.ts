import { HIDDEN, userInfoIn } from '../../client/exit/redactor.js';
import { isObject } from '../../document/index.js';
import type { Sent } from '../model/exchange.js';
import { jsonIn } from './cut-json.js';
import { isSecret, isSecretParameter, isThing, isVague } from './names.js';

/** Characters of one body that are read for secrets. What is shown of one is far less. */
const READ = 2_000_000;

/** Characters of a header's or a member's value that are taken apart. */
const LONG = 4_000;

/** Credentials behind the scheme that they are of. */
export const CREDENTIALS =
  /\b(Bearer|Basic|Digest|DPoP|Token|ApiKey|(?:Negotiate|NTLM)(?=\s[\w.~+/=-]{16}))(?:\s|%20){1,4}["'<]?([\w.~+/=-]{5,4000})/gi;

/** The signs between a name and its value: as they are, wide, and escaped in a URL. */
const SIGN = String.raw`(?:=|[:\uff1d\uff1a\ufe66\ufe55\ufe13]|%(?:25){0,3}3[ad])`;

/** A letter of a name: as it is, or in an escape of a URL, of JSON or of HTML. */
const LETTER = String.raw`(?:[\p{L}\p{N}_.[\]%\\-]|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});)`;

/** A quote, also one that is escaped. */
const QUOTE = '(?:\\\\{0,9}["\'`]|&(?:quot|#0*34|#x0*22);)';

/** White space, and a comment as JavaScript and those who write JSON by hand have them. */
const GAP = String.raw`(?:\s{0,40}(?:/\*[^*]{0,200}\*/|//[^\n/]{0,200}\n){0,2}\s{0,40})`;

/**
 * An `=` or `:` with the name before it, as queries, forms, broken JSON and texts have them, also in a query or in HTML.
 * The sign is searched, and only then is looked back for a name: signs are few, and each letter of a text could begin a
 * name. Before a quote may stand what kind of text it begins: `'token': u'…'`.
 */
const ASSIGNED = new RegExp(
  `${SIGN}(?<=(${LETTER}{1,100})(${QUOTE}?${GAP}${SIGN}))([>=]?${GAP}(?:[bfru]{0,2}${QUOTE}|%(?:25){0,3}22)?)`,
  'giu',
);
const VALUE = /(?:[^\s&"'`<>,;\\{}[\]]|\\[^"']){1,4000}/y;

/** A value in quotes, of several words; in a text that is cut, up to its end. */
const QUOTED = /"(?:[^"\\\n]|\\.){1,4000}(?:"|$)/y;

/** What stands before the name of a parameter, up to a sign that is escaped or not: `? & # ; / : =`. */
const BEFORE_NAME = /^.*(?:[?&#;/:=]|%(?:25){0,3}(?:2[36f]|3[abdf]))/is;

/** The `://` of a URL in a parameter of another, and who may use it: `u=https%3A%2F%2Fme%3Apw%40a.example`. */
const URL_WITHIN = /%(?:25){0,2}3a(?:%(?:25){0,2}2f){2}(?:[\w.~+!*()-]|%[\da-f]{2}){1,400}/gi;

/** Cookies behind the first one. */
const COOKIES = /(?:;\s{0,4}[^\s;,="']{1,200}=[^\s;,"']{0,4000}){1,100}/y;

/** A list of values behind a name, as broken JSON has it, and one of its values. */
const LIST = /\s{0,9}\[[^\]{}]{1,1000}/y;
const ITEM =
  /(?<=["'])(?:[^"'\\]|\\.)+(?=["']\s{0,9}(?:,|$))|(?<=["'])(?:[^"'\\]|\\.)+$|[\w.+-]+(?=\s{0,9}(?:,|$))/g;

/** What stands behind such a name and is none: a scheme, a type, what is wrong with it. */
const WORD =
  /^(?:bearer|basic|digest|dpop|token|apikey|string|number|boolean|object|null|true|false|undefined|required|missing|invalid|expired|nothing)$/i;

/** How a sentence goes on behind such a name: `it needs a token: set …`. */
const SENTENCE = /[a-z]{1,8} [a-z]/iy;

/** An element of XML, also in SOAP and CDATA. */
const ELEMENT =
  /<(?:[\w.-]{1,64}:)?([\w.-]{1,64})(?:\s[^<>]{0,200})?>\s{0,100}(?:<!\[CDATA\[)?\s{0,100}([^<\]\s][^<\]]{0,4000})/g;

/** The same whose text is an attribute: `<password value="…"/>`. */
const ATTRIBUTE =
  /<(?:[\w.-]{1,64}:)?([\w.-]{1,64})\s[^<>]{0,200}?\b(?:value|content)\s{0,4}=\s{0,4}["']([^"'<>]{1,4000})/gi;

/** An element of XML whose text is that of elements in it: `<recovery-codes><code>…`. */
const PARENT = /<(?:[\w.-]{1,64}:)?([\w.-]{1,64})(?:\s[^<>]{0,200})?>\s{0,100}(?=<\w)/g;

/** What a name is called whose value stands beside it, and what that is called: `name="pw" value="…"`, `{k: 'pw', v: '…'}`. */
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

/** What a name looks like, and no secret: two of those side by side are a list of names. */
const NAME_LIKE = /^[\p{L}_. -]*(?:_?\d)?$/u;

/** An option of a command: `--password …`, `--token "…"`; and the user of curl. */
const OPTION = /(?<=\s|^)--([\w-]{2,40})\s{1,4}["']?([^\s"'-][^\s"']{0,4000})/g;
const USER = /(?<=\s)(?:-u|--user)\s{1,4}["']?[^\s:"']{1,100}:([^\s"']{1,4000})/g;

/** A private key as OpenSSL writes it (RFC 7468). */
const PEM = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----([\s\S]{1,8000}?)(?:-----END|$)/g;

/**
 * What members call a name whose value stands in a member beside it: `{"name": "pw", "value": "…"}`, and where a server
 * says what is wrong with it, `{"loc": ["body", "pw"], "input": "…"}`.
 */
const NAMES =
  /^(?:k|n|h|id)$|(?:name|key|field|header|param|parameter|property|pointer|loc|path|label|attribute|attr|setting|option|variable|argument|type)$/i;

/** What they call the value. */
const VALUES = /^(?:v|val|values?|input|content|string|raw|given|received|actual|current)$|value$/i;

/** The name of a field of a form in several parts (RFC 7578), in the lines above it. */
const FIELD = /(?<!file)name\*?=(?:utf-8''|")?([^"\r\n;]{1,64})/i;

/** The empty line between those and the field. */
const EMPTY_LINE = /\r?\n\r?\n/g;

/** Characters of the lines above a field. */
const HEAD = 2_000;

/** What is secret of an exchange: headers, URLs wherever they stand, members, forms. */
export function secretsOf({ request, response, json }: Sent, shown: (name: string) => boolean): string[] {
  return [
    ...secretsInText(request.url),
    ...secretsInHeaders(Object.entries(request.headers), shown),
    ...(request.body === undefined ? [] : secretsInBody(request.body, undefined)),
    ...secretsInHeaders([...response.headers], shown),
    ...secretsInBody(response.body, json),
  ];
}

/** What is secret of all that somebody has written down in members, such as a recorder beside what was sent. */
export function secretsInMembers(value: unknown): string[] {
  return secretsInValue(value, secretsInText);
}

function secretsInHeaders(
  headers: readonly (readonly [string, string])[],
  shown: (name: string) => boolean,
): string[] {
  return headers.flatMap(([name, value]) => {
    if (shown(name)) return secretsInText(value);
    if (/cookie/i.test(name)) return cookiesOf(name, value);
    if (/authorization$/i.test(name)) return credentialsOf(value);
    return isSecret(name) || looksRandom(value)
      ? withParts(value)
      : [...randomIn(value), ...secretsInText(value)];
  });
}

function cookiesOf(name: string, value: string): string[] {
  const pairs = value.split(/;\s{0,4}/);
  // What stands behind the first of `Set-Cookie` are its attributes.
  return (/^set-/i.test(name) ? pairs.slice(0, 1) : pairs).map((pair) => pair.replace(/^[^=]{0,200}=/, ''));
}

function credentialsOf(value: string): string[] {
  const space = value.indexOf(' ');
  const credentials = value.slice(space + 1).trim();
  return /^basic$/i.test(value.slice(0, Math.max(0, space)))
    ? [credentials, ...passwordOf(credentials)]
    : [...withParts(credentials), ...secretsInText(value)];
}

/** What is secret, and what of it stands by itself where another text repeats it: `v1=…`, `sid=…`, a line. */
function withParts(secret: string): string[] {
  return [secret, ...secret.split(/[\r\n]+/), ...randomIn(secret)];
}

function randomIn(text: string): string[] {
  return text
    .slice(0, LONG)
    .split(/[\s,;"=]+/)
    .filter(looksRandom);
}

/** A password as it is written in HTTP Basic, and as it was before it was written as in a form. */
function passwordOf(credentials: string): string[] {
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  const password = decoded.slice(decoded.indexOf(':') + 1);
  return [password, ...new URLSearchParams(`v=${password}`).getAll('v')];
}

function secretsInBody(body: string, parsed: Sent['json']): string[] {
  const text = body.slice(0, READ);
  const values = parsed ? [parsed.value] : jsonIn(text);
  // Without a backslash all texts of a JSON body stand in it as they are, and have been read with it.
  const whole = text.length === body.length && !text.includes('\\');
  return [
    ...secretsInText(text),
    ...secretFields(text).flatMap(withParts),
    ...values.flatMap((value) => secretsInValue(value, whole ? () => [] : secretsInText)),
  ];
}

/**
 * The fields of a form in several parts that have the names of secrets. The empty lines are searched, and the names in
 * what stands before them: each part of a text is read once, whatever it repeats.
 */
function secretFields(text: string): string[] {
  const found: string[] = [];
  const lines = new RegExp(EMPTY_LINE);
  let before = 0;
  let end = -1;
  for (let line = lines.exec(text); line; line = lines.exec(text)) {
    const above = text.slice(Math.max(before, line.index - HEAD), line.index);
    const name = FIELD.exec(above.slice(above.lastIndexOf('\n--') + 1))?.[1];
    before = lines.lastIndex;
    if (name === undefined || !isSecretParameter(name)) continue;
    if (end < before) end = endOfField(text, before);
    if (end - before <= LONG) found.push(text.slice(before, end).replace(/\r$/, ''));
  }
  return found;
}

/** Where the line begins that ends a field, or the text. */
function endOfField(text: string, from: number): number {
  const end = text.indexOf('\n--', from);
  return end < 0 ? text.length : end;
}

/** A value that is still to be looked at. */
interface Open {
  readonly value: unknown;
  /** The name that makes it a secret. */
  readonly secret?: string | undefined;
  /** A name and what it has, in a list of such. */
  readonly isEntry?: boolean;
}

/** The values of secret members, however deep, and of what `within` finds in texts, such as parameters of URLs. */
function secretsInValue(root: unknown, within: (text: string) => string[]): string[] {
  const found: string[] = [];
  const open: Open[] = [{ value: root }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, secret } = next;
    if (typeof value === 'string') {
      for (const one of inText(value, secret, within)) found.push(one);
      // JSON within JSON.
      if (/^\s*[[{]/.test(value))
        for (const inner of jsonIn(value.slice(0, READ))) open.push({ value: inner, secret });
    } else if (secret !== undefined && typeof value === 'number') found.push(String(value));
    else for (const inner of membersOf(next)) open.push(inner);
  }
  return found.filter(isNoSentence);
}

function inText(text: string, secret: string | undefined, within: (text: string) => string[]): string[] {
  if (secret !== undefined) return valuesOf(secret, text);
  return /[:=%<"'\uff1d\uff1a]|---/.test(text) ? within(text.slice(0, READ)) : [];
}

/** What a name that is one of a secret has. */
function valuesOf(name: string, value: string): string[] {
  if (isCookie(name)) return [...withParts(value), ...cookiesOf(name, value)];
  return /authorization$/i.test(name) ? [value, ...credentialsOf(value)] : withParts(value);
}

/** What a list or an object holds, and what of it is secret. */
function membersOf({ value, secret, isEntry = false }: Open): Open[] {
  if (Array.isArray(value)) {
    const areEntries = value.length > 0 && value.every(isPair);
    return value.map((item: unknown, index) => ({
      value: item,
      secret: secret ?? nameBefore(value, index, isEntry),
      isEntry: areEntries,
    }));
  }
  if (!isObject(value)) return [];
  const beside = Object.entries(value).flatMap(([name, member]) =>
    NAMES.test(name) ? [lastOf(member)] : [],
  );
  const named = beside.find(isSecret);
  return Object.entries(value).map(([name, member]) => ({
    value: member,
    secret: secret ?? (isSecretMember(name, member) ? name : VALUES.test(name) ? named : undefined),
  }));
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
}

/** Names and values in turn, as Node's raw headers are, or one of each. */
function nameBefore(list: readonly unknown[], index: number, isEntry: boolean): string | undefined {
  const [name, item] = [list[index - 1], list[index]];
  if (typeof name !== 'string' || !isSecret(name)) return undefined;
  if (isEntry) return name;
  if (typeof item !== 'string') return undefined;
  return looksRandom(item) || (list.length === 2 && !NAME_LIKE.test(item)) ? name : undefined;
}

function isSecretMember(name: string, member: unknown): boolean {
  if (typeof member === 'object' && isThing(name)) return false;
  return isSecret(name) || (isVague(name) && typeof member === 'string' && looksRandom(member));
}

/** The name at the end of a path to it. */
function lastOf(path: unknown): string {
  const last: unknown = Array.isArray(path) ? path.at(-1) : path;
  return typeof last === 'string' ? last.slice(last.lastIndexOf('/') + 1) : '';
}

/** A sentence below the name of a field says what is wrong with it. */
function isNoSentence(text: string): boolean {
  return !/\s.*[.!]$/.test(text.slice(0, 200)) && !WORD.test(text);
}

/** The values of elements of XML with the names of secrets. */
function secretsInElements(open: string): string[] {
  const text = open.includes('&lt;') ? open.replaceAll('&lt;', '<').replaceAll('&gt;', '>') : open;
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

/** The values whose names stand beside them, in whatever language. */
function secretsBeside(open: string): string[] {
  const text = open.includes('&lt;') ? open.replaceAll('&lt;', '<').replaceAll('&gt;', '>') : open;
  const pairs = valuesBehind(text, PAIR).filter((value) => !NAME_LIKE.test(value));
  // Most texts have no others, and they are dear to look for.
  const others = HAS_VALUES.test(text) ? valuesOfNames(text) : [];
  return [...pairs, ...others].filter(isNoSentence).flatMap(withParts);
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

export function secretsInText(text: string): string[] {
  return [
    ...[text, ...urlsWithin(text)].flatMap(userInfoIn).flatMap((one) => [one, unescaped(one)]),
    ...[...text.matchAll(CREDENTIALS)].map(([, , credentials = '']) => credentials),
    ...secretsInElements(text),
    ...secretsBeside(text),
    ...secretsOfPrograms(text),
    ...assignments(text).flatMap(({ from, to, name }) => {
      const value = text.slice(from, to);
      return [...withParts(value), ...unescapedOf(value), ...(isCookie(name) ? cookiesOf(name, value) : [])];
    }),
  ];
}

/** The URLs that stand in parameters of others, as they were before they were escaped: once, twice and three times. */
function urlsWithin(text: string): string[] {
  return [...text.matchAll(URL_WITHIN)].flatMap(([url]) => {
    const once = unescaped(url);
    const twice = unescaped(once);
    return [once, twice, unescaped(twice)];
  });
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
    // A list of nothing is looked at again halfway: one in another would read nearly the same.
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

function isCookie(name: string): boolean {
  return /cookie$/i.test(name);
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

/** Whether `name=value` is the assignment of a secret. `code: 12` in a text is none. */
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

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Long, of letters and digits, and no word. */
function looksRandom(value: string): boolean {
  return /^[\w.~+/=-]{16,}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}
