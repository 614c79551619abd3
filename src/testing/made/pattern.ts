import { patternOf } from '../../document/index.js';
import type { Random } from './random.js';

/** Writes a text that matches a part of a pattern. */
type Writer = (random: Random) => string;

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const WORD = `${UPPER}${LOWER}${DIGITS}_`;
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
/** Most repetitions beyond the minimum; the more, the longer nothing was found, as with a password's look-aheads. */
const MORE = 3;
const MOST = 24;
const TRIES = 30;

/**
 * Makes a text that matches a pattern; undefined if none was found. It doesn't understand assertions, so it tests each
 * text against the pattern, and tries again.
 */
export function textMatching(
  pattern: string,
  random: Random,
  fits: (text: string) => boolean,
): string | undefined {
  const expression = compiled(pattern);
  if (!expression) return undefined;
  const reader = new PatternReader(pattern);
  const write = reader.alternatives();
  for (let count = 0; count < TRIES; count += 1) {
    if (count > TRIES / 3) reader.more = MOST;
    const text = write(random);
    if (expression.test(text) && fits(text)) return text;
  }
  return undefined;
}

/** Whether the pattern matches somewhere in the text. */
export function matches(pattern: string, text: string): boolean {
  return compiled(pattern)?.test(text) ?? true;
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return patternOf(pattern);
  } catch {
    return undefined;
  }
}

/** Reads a regular expression from left to right (ECMA-262, "Patterns"). */
class PatternReader {
  /** Most repetitions beyond the minimum, from here on. */
  more = MORE;
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  alternatives(): Writer {
    const branches: [Writer, ...Writer[]] = [this.#sequence()];
    while (this.#take('|')) branches.push(this.#sequence());
    return (random) => random.pick(branches)(random);
  }

  #sequence(): Writer {
    const parts: Writer[] = [];
    while (this.#at < this.#text.length && this.#peek() !== '|' && this.#peek() !== ')') {
      parts.push(this.#repeated(this.#atom()));
    }
    return (random) => parts.map((write) => write(random)).join('');
  }

  #repeated(write: Writer): Writer {
    const [least, most] = this.#bounds();
    this.#take('?');
    if (least === 1 && most === 1) return write;
    return (random) => {
      const length = random.integer(least, Math.min(most, least + this.more));
      return Array.from({ length }, () => write(random)).join('');
    };
  }

  #bounds(): [number, number] {
    if (this.#take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#take('?')) return [0, 1];
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.#text.slice(this.#at));
    if (!counted) return [1, 1];
    this.#at += counted[0].length;
    const least = Number(counted[1]);
    if (counted[2] === undefined) return [least, least];
    return [least, counted[3] ? Number(counted[3]) : Number.POSITIVE_INFINITY];
  }

  #atom(): Writer {
    const character = this.#next();
    if (character === '(') return this.#group();
    if (character === '[') return oneOf(this.#characterClass());
    if (character === '.') {
      const [usual, any] = [oneOf(WORD), oneOf(PRINTABLE)];
      return (random) => (this.more > MORE ? any : usual)(random);
    }
    if (character === '^' || character === '$') return () => '';
    if (character !== '\\') return () => character;
    if (this.#peek() === 'b' || this.#peek() === 'B') {
      this.#next();
      return () => '';
    }
    return oneOf(this.#escaped());
  }

  #group(): Writer {
    const assertion = /^\?(?:<?[=!])/.exec(this.#text.slice(this.#at));
    const start = /^\?(?::|<[A-Za-z_]\w*>|<?[=!])/.exec(this.#text.slice(this.#at));
    this.#at += start?.[0].length ?? 0;
    const inner = this.alternatives();
    this.#take(')');
    return assertion ? () => '' : inner;
  }

  #characterClass(): string {
    const negated = this.#take('^');
    let characters = '';
    while (this.#at < this.#text.length && this.#peek() !== ']') {
      const from = this.#classMember();
      if (from.length === 1 && this.#peek() === '-' && this.#text[this.#at + 1] !== ']') {
        this.#next();
        characters += between(from, this.#classMember());
      } else characters += from;
    }
    this.#take(']');
    return negated ? without(characters) : characters;
  }

  #classMember(): string {
    const character = this.#next();
    return character === '\\' ? this.#escaped() : character;
  }

  /** The characters that an escape stands for; its backslash has been read. */
  #escaped(): string {
    const letter = this.#next();
    const known: Readonly<Record<string, string>> = {
      ...{ d: DIGITS, w: WORD, s: ' ', D: LOWER, W: '-', S: WORD },
      ...{ n: '\n', r: '\r', t: '\t', v: '\v', f: '\f', '0': '\0' },
    };
    if (known[letter] !== undefined) return known[letter];
    if (letter === 'p' || letter === 'P') return this.#property(letter === 'P');
    const code = { x: /^([\da-f]{2})/i, u: /^\{?([\da-f]{4,6})\}?/i }[letter]?.exec(
      this.#text.slice(this.#at),
    );
    if (!code) return letter;
    this.#at += code[0].length;
    return String.fromCodePoint(Number.parseInt(code[1] ?? '0', 16));
  }

  #property(negated: boolean): string {
    const name = /^\{([^}]*)\}/.exec(this.#text.slice(this.#at));
    this.#at += name?.[0].length ?? 0;
    if (negated) return '-';
    return { Lu: UPPER, N: DIGITS, Nd: DIGITS }[name?.[1] ?? ''] ?? LOWER;
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #next(): string {
    const character = this.#text[this.#at] ?? '';
    this.#at += 1;
    return character;
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }
}

function oneOf(characters: string): Writer {
  const all = [...characters];
  return (random) => random.pick(all) ?? '';
}

function between(from: string, to: string): string {
  const [first, last] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
  const length = Math.max(0, Math.min(last - first + 1, 256));
  return Array.from({ length }, (_, index) => String.fromCodePoint(first + index)).join('');
}

function without(characters: string): string {
  return [...PRINTABLE].filter((character) => !characters.includes(character)).join('');
}
