/** Most characters of input or of an answer that a line shows. */
const LINE = 60;

/** A value as complete JSON; the caller cuts it to the available space. */
export function show(value: unknown, length = Number.POSITIVE_INFINITY): string {
  if (value === undefined) return 'nothing';
  // JSON can't express a number that is too large.
  if (typeof value === 'number') return String(value);
  return cut(JSON.stringify(value) ?? String(value), length);
}

export function cut(text: string, length = LINE): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** User input in quotes, cut to a presentable length. */
export function quoted(text: string): string {
  return `'${inert(cut(text))}'`;
}

/** `a, b or c`. */
export function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** `1 request`, `2 requests`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** Characters shown before the first difference, for orientation. */
const BEFORE = 24;

/**
 * Prepares two values for comparison by people: if one is too long, both are cut around their first difference. An
 * explanation after the expected value (`…, as listed`) is kept.
 */
export function aroundDifference(expected: string, found: string, length: number): [string, string] {
  if (expected.length <= length && found.length <= length) return [expected, found];
  const [value, why] = parted(expected);
  let same = 0;
  while (same < Math.min(value.length, found.length) && value[same] === found[same]) same += 1;
  const from = same <= BEFORE * 2 ? 0 : same - BEFORE;
  return [window(value, from, length - why.length) + why, window(found, from, length)];
}

/** Splits off an explanation after the value. */
function parted(expected: string): [value: string, why: string] {
  const why = /(?<=["}\]\d]), [a-z][^"{}[\]]{0,60}$/.exec(expected)?.[0] ?? '';
  return [expected.slice(0, expected.length - why.length), why];
}

function window(text: string, from: number, length: number): string {
  const before = from > 0 && from < text.length ? '…' : '';
  const rest = before === '' ? text : text.slice(from);
  const room = Math.max(1, length - before.length);
  return rest.length <= room ? `${before}${rest}` : `${before}${rest.slice(0, room - 1)}…`;
}

/** Control characters, characters that hide text or turn its direction, lone surrogates, and what XML doesn't allow. */
const ACTIVE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Makes foreign text safe to print, on one line. Without this, it could control a terminal, or give commands to a CI
 * system that reads them from the log (`::error::`, `##[error]`, `##vso[…]`).
 */
export function inert(text: string): string {
  return text
    .replace(ACTIVE, (character) => SHORT[character] ?? escaped(character))
    .replace(/^(\s*):(?=:)/, '$1\\x3a')
    .replace(/##(?=\w*\[)/g, '#\\x23');
}

/** The same of a text whose lines stay. */
export function inertLines(text: string): string {
  return text.split('\n').map(inert).join('\n');
}

function escaped(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 2 ? `\\u{${hex}}` : `\\x${hex.padStart(2, '0')}`;
}
