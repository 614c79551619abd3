import { DEEPEST } from '../../exchange/read-answer.js';
import type { Sent } from '../../model/exchange.js';

/** What may stand before JSON: in a stream of events, and in answers that must not run as scripts in a browser. */
const BEFORE = /^\s*(?:data:\s*|\)\]\}',?\s*)?(?=[[{])/;

/** What those write into JSON who write it by hand: comments, and commas behind the last member. Texts are kept. */
const BY_HAND = /("(?:[^"\\]|\\.)*"?)|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|,(?=\s*[\]}])/g;

/**
 * The values of a text that is JSON as far as it goes: whole, cut somewhere, with comments, or one value a line. Other
 * text gives nothing.
 */
export function jsonIn(text: string): unknown[] {
  const whole = parseCut(text) ?? parseCut(text.replace(BY_HAND, '$1'));
  if (whole) return [whole.value];
  return text.split('\n').flatMap((line) => parseCut(line)?.value ?? []);
}

/** Parses JSON that was cut off, by closing what is open; undefined if it isn't JSON, or is nested too deep. */
function parseCut(text: string): Sent['json'] {
  const begin = BEFORE.exec(text)?.[0].length;
  if (begin === undefined) return undefined;
  const end = endOf(text, begin);
  if (end === undefined) return undefined;
  const { closers, head } = end;
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
      return { value: JSON.parse(one + closers) };
    } catch {
      // It was cut elsewhere.
    }
  return undefined;
}

/** What of a text is whole, with its last string closed, and the brackets that are still open. */
function endOf(text: string, begin: number): { head: string; closers: string } | undefined {
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
    if (open.length > DEEPEST) return undefined;
  }
  return { head: text.slice(begin, end) + (quoted ? '"' : ''), closers: open.reverse().join('') };
}
