/** Control characters, those that turn or hide text, halves of surrogate pairs, and what no XML may hold. */
const ACTIVE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A text from outside on one line that does nothing where it is shown: to a terminal, or to a CI system, which takes
 * commands from a log (`::error::`, `##[error]`, `##vso[…]`).
 */
export function inert(text: string): string {
  return text
    .replace(ACTIVE, (character) => SHORT[character] ?? escaped(character))
    .replace(/^(\s*):(?=:)/, '$1\\x3a')
    .replace(/##(?=\w*\[)/g, '#\\x23');
}

function escaped(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 2 ? `\\u{${hex}}` : `\\x${hex.padStart(2, '0')}`;
}
