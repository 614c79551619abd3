import { isObject } from '../../src/document/index.js';

/** The names that generated code declares. If a name is already taken, the new one gets a number. */
export class Names {
  readonly #taken: Set<string>;

  /** @param reserved names that must not be declared: globals, keywords and imports of the file. */
  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved);
  }

  claim(wanted: string): string {
    const base = wanted.replace(/[^A-Za-z0-9_$]+/g, '_').replace(/^(?=\d|$)/, '_');
    let name = base;
    for (let count = 2; this.#taken.has(name); count++) name = `${base}${count}`;
    this.#taken.add(name);
    return name;
  }
}

/** Words that can't name a parameter or a constant in strict code (ECMA-262, section 12.7.2). */
export const KEYWORDS = (
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
  'false finally for function if implements import in instanceof interface let new null package private protected ' +
  'public return static super switch this throw true try typeof var void while with yield'
).split(' ');

/** What no type can be named, since TypeScript has types of these names. */
export const TYPE_NAMES = 'any bigint boolean never number object string symbol undefined unknown'.split(' ');

/** Code without comments and string literals, which may contain names that aren't used. */
export function withoutTexts(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'/g, "''");
}

/** A property name in the form that an object type needs. */
export function propertyKey(name: string): string {
  // Written plainly, it would set the prototype in place of a member.
  if (name === '__proto__') return `['${name}']`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

/** What editors don't show, or turn around, and what JavaScript takes for the end of a line. */
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/**
 * Code whose readers see what it does: characters of the document that hide or turn text are written as escapes, which
 * mean the same in a string and nothing in a comment.
 */
export function visible(code: string): string {
  return code.replace(HIDDEN, (found) =>
    Array.from({ length: found.length }, (_, at) => found.charCodeAt(at).toString(16).padStart(4, '0'))
      .map((hex) => `\\u${hex}`)
      .join(''),
  );
}

/** A string literal in the project's kind of quotes. */
export function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A JSON value as generated code. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (!isObject(value)) return String(value);
  const members = Object.entries(value).map(([key, member]) => `${propertyKey(key)}: ${literal(member)}`);
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}
