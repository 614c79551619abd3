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
