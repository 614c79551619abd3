import { inert } from '../../client/exit/inert.js';

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
