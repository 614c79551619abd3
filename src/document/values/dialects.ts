/**
 * Regular expressions of other dialects (PCRE, Python, Ruby, Java, .NET) in JavaScript's words, which JSON Schema asks
 * for. What JavaScript can't express as strictly, such as a possessive quantifier, becomes more permissive, so that no
 * answer is refused that the document means to allow.
 */
import { patternOf } from './pattern.js';

/** Escapes for characters and positions in other dialects, outside of a class and inside one. */
const ESCAPES: Readonly<Record<string, [outside: string, inside: string | undefined]>> = {
  A: ['^', undefined],
  Z: ['$', undefined],
  z: ['$', undefined],
  h: ['[ \\t]', ' \\t'],
  R: ['(?:\\r\\n|[\\n\\r])', undefined],
  a: ['\\x07', '\\x07'],
  e: ['\\x1b', '\\x1b'],
};

/** Classes of POSIX, as they stand in a class: `[[:alpha:]_]`. */
const POSIX: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  alnum: 'A-Za-z0-9',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  word: '\\w',
  xdigit: 'A-Fa-f0-9',
};

/**
 * The pattern as JavaScript reads it: itself if it does. Undefined if it has no equal there.
 */
export function inJavaScript(pattern: string): string | undefined {
  const [, delimited, outer = ''] = /^\/(\^.*|.*\$)\/([a-z]*)$/s.exec(pattern) ?? [];
  // Between slashes, a pattern with an anchor could never match as it is written.
  if (delimited === undefined && isRead(pattern, 'u')) return pattern;
  const [, inner = '', rest = ''] = /^(?:\(\?([a-z]+)\))?(.*)$/s.exec(delimited ?? pattern) ?? [];
  const flags = new Set([...outer, ...inner].filter((flag) => !'gudy'.includes(flag)));
  if ([...flags].some((flag) => !'is'.includes(flag))) return undefined;
  const written = new Translation(rest, flags).text();
  if (written === undefined) return undefined;
  return isRead(written, 'u') || isRead(written, '') ? written : undefined;
}

function isRead(pattern: string, flags: 'u' | ''): boolean {
  try {
    return flags === 'u' ? new RegExp(pattern, 'u') !== undefined : patternOf(pattern) !== undefined;
  } catch {
    return false;
  }
}

/** Goes through a pattern from left to right. */
class Translation {
  readonly #pattern: string;
  readonly #caseless: boolean;
  readonly #dotAll: boolean;
  /** Whether it has what only the `u` flag gives a meaning. */
  readonly #unicode: boolean;
  #at = 0;
  #inClass = false;

  constructor(pattern: string, flags: ReadonlySet<string>) {
    this.#pattern = pattern;
    this.#caseless = flags.has('i');
    this.#dotAll = flags.has('s');
    this.#unicode = /\\[pP]\{|\\u\{/.test(pattern);
  }

  text(): string | undefined {
    let text = '';
    while (this.#at < this.#pattern.length) {
      const part = this.#next();
      if (part === undefined) return undefined;
      text += part;
    }
    return text;
  }

  #next(): string | undefined {
    const quoted = this.#take(/\\Q(.*?)(?:\\E|$)/sy);
    if (quoted) return (quoted[1] ?? '').replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
    const escaped = this.#take(/\\(.)/sy);
    if (escaped) return this.#escaped(escaped[1] ?? '');
    return this.#inClass ? this.#member() : this.#outside();
  }

  #escaped(character: string): string | undefined {
    const [outside, inside] = Object.hasOwn(ESCAPES, character) ? (ESCAPES[character] ?? []) : [];
    if (outside !== undefined) return this.#inClass ? inside : outside;
    // `\G` and `\K` have no equivalent.
    if ('GK'.includes(character)) return undefined;
    // The flag allows no escapes that aren't needed, such as \@ and \_; without it, \p{L} would be the letter p.
    const needed = this.#inClass ? /[\w^$\\.*+?()[\]{}|/-]/ : /[\w^$\\.*+?()[\]{}|/]/;
    if (this.#unicode && (character === '_' || !needed.test(character))) return character;
    const code = character === 'x' ? this.#take(/\{([0-9A-Fa-f]{1,6})\}/y) : undefined;
    return code ? `\\u{${code[1]}}` : `\\${character}`;
  }

  #member(): string {
    const posix = this.#take(/\[:(\w+):\]/y);
    if (posix) return POSIX[posix[1] ?? ''] ?? posix[0];
    const range = this.#caseless ? this.#take(/([a-z])-([a-z])|([A-Z])-([A-Z])/y) : undefined;
    if (range) return `${range[0].toLowerCase()}${range[0].toUpperCase()}`;
    const character = this.#one();
    if (character === ']') this.#inClass = false;
    if (character === '[') return '\\[';
    return this.#inBothCases(character).join('');
  }

  #outside(): string | undefined {
    if (this.#take(/\(\?#[^)]*\)/y)) return '';
    const named = this.#take(/\(\?P<(\w+)>/y);
    if (named) return `(?<${named[1]}>`;
    const again = this.#take(/\(\?P=(\w+)\)/y);
    if (again) return `\\k<${again[1]}>`;
    if (this.#take(/\(\?>/y)) return '(?:';
    const known = this.#take(/\(\?(?:[:=!]|<[=!]|<\w+>)/y);
    if (known) return known[0];
    if (this.#take(/\(\?/y)) return undefined;
    const possessive = this.#take(/([*+?]|\{\d+(?:,\d*)?\})\+/y);
    if (possessive) return possessive[1];
    const opening = this.#take(/\[\^?\]?/y);
    if (opening) {
      this.#inClass = true;
      return opening[0].replace(']', '\\]');
    }
    const character = this.#one();
    if (character === '.' && this.#dotAll) return '[\\s\\S]';
    const cases = this.#inBothCases(character);
    return cases.length > 1 ? `[${cases.join('')}]` : character;
  }

  #inBothCases(character: string): string[] {
    const isLetter = this.#caseless && /[a-z]/i.test(character);
    return isLetter ? [character.toLowerCase(), character.toUpperCase()] : [character];
  }

  #one(): string {
    const [character = ''] = this.#pattern.slice(this.#at, this.#at + 2);
    this.#at += character.length;
    return character;
  }

  /** What the expression matches right here; reading continues behind it. */
  #take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#pattern);
    if (!found) return undefined;
    this.#at = expression.lastIndex;
    return found;
  }
}
