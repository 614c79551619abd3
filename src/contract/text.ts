/** A value as people read it in a report: JSON, cut to a length. */
export function show(value: unknown, length = 60): string {
  if (value === undefined) return 'nothing';
  // JSON has no word for a number that is too large for it.
  if (typeof value === 'number') return String(value);
  return cut(JSON.stringify(value) ?? String(value), length);
}

export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** `a, b or c`. */
export function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** `1 request`, `2 requests`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
