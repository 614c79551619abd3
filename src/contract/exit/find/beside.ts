import { isSecret } from '../names.js';
import { isNoSentence, LONG, NAME_LIKE, withParts } from './parts.js';

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

/** Whether a text may have values that are called so, or markup. */
const HAS_VALUES = /<|(?:value|\bval|\bv|content|input)\\{0,9}["'`]?\s{0,4}[:=]/i;

/** The same of parameters: `key=pw&value=…`. */
const NAMED_PARAMETER = /\b(?:name|key|k|field)=([\w.%-]{1,64})&(?:value|val|v)=([^\s&#"'<>]{1,4000})/gi;

/** A name and its value in a list of two: `["pw", "…"]`, `('pw', '…')`. */
const PAIR = new RegExp(
  String.raw`[[(]\s{0,9}${MARK}([\w.%&#;-]{1,64})${MARK}\s{0,4},\s{0,9}${MARK}([^"'\`\\\s]{1,4000})${MARK}\s{0,9}[\])]`,
  'g',
);

/** Whether a text may have any of all these: most have none, and to look for each takes long. */
export const MAY_STAND_BESIDE = new RegExp(String.raw`${HAS_VALUES.source}|&lt;|[[(]\s{0,9}${MARK}`, 'i');

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

/** The values whose names stand beside or around them, in whatever language. `MAY_STAND_BESIDE` says where to look. */
export function secretsBeside(open: string): string[] {
  const text = open.includes('&lt;') ? open.replaceAll('&lt;', '<').replaceAll('&gt;', '>') : open;
  const pairs = valuesBehind(text, PAIR).filter((value) => !NAME_LIKE.test(value));
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
