import { DEEPEST_JSON } from '../../../document/index.js';

/**
 * What may stand before JSON: in a stream of events, in a sequence (RFC 7464), in the rest of a list, and in answers
 * that must not run as scripts in a browser.
 */
const BEFORE = /[\s,\p{Cc}]*(?:data:\s*|\)\]\}',?\s*|(?:for\(;;\)|while\(1\));\s*)?(?=[[{])/uy;

/** What those write into JSON who write it by hand: comments, and commas behind the last member. Texts are kept. */
const BY_HAND = /("(?:[^"\\]|\\.)*"?)|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|,(?=\s*[\]}])/g;

/**
 * The values of a text that is JSON as far as it goes: whole, cut somewhere, with comments, one value behind another,
 * or one a line. Other text gives nothing.
 */
export function jsonIn(text: string): unknown[] {
  const values = valuesOf(text);
  if (values.isWhole) return values.found;
  const byHand = valuesOf(text.replace(BY_HAND, '$1'));
  if (byHand.isWhole) return byHand.found;
  return [...values.found, ...text.split('\n').flatMap((line) => valuesOf(line).found)];
}

/** The values that a text begins with, and whether it holds nothing else. */
function valuesOf(text: string): { found: unknown[]; isWhole: boolean } {
  const found: unknown[] = [];
  let from = 0;
  for (let part = parseCut(text, from); part; part = parseCut(text, from)) {
    found.push(part.value);
    from = part.end;
  }
  return { found, isWhole: found.length > 0 && text.slice(from).trim() === '' };
}

/**
 * Parses the JSON that begins there, also one that was cut off, by closing what is open; undefined if it isn't JSON, or
 * is nested too deep.
 */
function parseCut(text: string, from: number): { value: unknown; end: number } | undefined {
  const before = new RegExp(BEFORE);
  before.lastIndex = from;
  if (!before.test(text)) return undefined;
  const part = endOf(text, before.lastIndex);
  if (part === undefined) return undefined;
  const { closers, head, end } = part;
  const whole = head.trimEnd();
  const word = /[\w.+-]{1,400}$/.exec(whole.slice(-400))?.[0] ?? '';
  // Behind a value, a name, a colon, a comma, or within a number or a word.
  const heads = [
    head,
    `${head}:null`,
    `${head}null`,
    whole.slice(0, -1),
    `${whole.slice(0, whole.length - word.length)}null`,
  ];
  for (const one of heads)
    try {
      return { value: JSON.parse(one + closers), end };
    } catch {
      // It was cut elsewhere, if at all.
      if (closers === '') return undefined;
    }
  return undefined;
}

/**
 * A value up to where it ends, or all that there is of it, with its last string closed, and the brackets still open.
 */
function endOf(text: string, begin: number): { head: string; closers: string; end: number } | undefined {
  const open: string[] = [];
  let quoted = false;
  let end = text.length;
  for (let index = begin; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === '"') quoted = false;
      else if (character === '\\') {
        const length = text[index + 1] === 'u' ? 6 : 2;
        if (index + length > text.length) end = index;
        index += length - 1;
      }
    } else if (character === '"') quoted = true;
    else if (character === '[') open.push(']');
    else if (character === '{') open.push('}');
    else if (character === ']' || character === '}') open.pop();
    if (open.length > DEEPEST_JSON) return undefined;
    if (open.length === 0) {
      const after = index + 1;
      return { head: text.slice(begin, after), closers: '', end: after };
    }
  }
  const head = text.slice(begin, end) + (quoted ? '"' : '');
  return { head, closers: open.reverse().join(''), end: text.length };
}
