import { join } from '../../document/index.js';
import { cut } from '../../text/words.js';
import type { Finding } from '../model/violation.js';

/** A string, a number, or a structural character, in valid JSON. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\],:]/g;
/** What a non-ASCII letter becomes when it is encoded twice. */
const TWICE = /\u00c3[\u0080-\u00bf]|\u00e2\u0080[\u0080-\u00bf]/;

interface Level {
  path: string;
  /** The members so far; undefined in a list. */
  names: Set<string> | undefined;
  /** The next member or index. */
  at: string | number;
}

/** Finds what parsers read differently in valid JSON text, which was parsed as this value. */
export function jsonOddities(text: string, value: unknown): Finding[] {
  // Most servers write JSON without spaces: if serialising the value gives the same text, nothing was lost in parsing.
  if (!TWICE.test(text) && JSON.stringify(value) === text) return [];
  const found: Finding[] = [];
  const levels: Level[] = [];
  let isName = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1);
    const path = level ? join(level.path, level.at) : '';
    if (token === '{' || token === '[') {
      levels.push({ path, names: token === '{' ? new Set() : undefined, at: 0 });
      isName = token === '{';
    } else if (token === '}' || token === ']') {
      levels.pop();
      isName = false;
    } else if (token === ',') {
      if (level && !level.names) level.at = Number(level.at) + 1;
      isName = level?.names !== undefined;
    } else if (token !== ':' && level?.names && isName) {
      const name = String(JSON.parse(token));
      level.at = name;
      if (level.names.has(name))
        found.push({
          where: `body ${join(level.path, name)}`,
          expected: 'each member once',
          found: `'${cut(name)}' twice`,
        });
      level.names.add(name);
      isName = false;
    } else if (/^-?\d/.test(token) && !isExact(token)) {
      const expected = 'a number that a double holds';
      found.push({ where: `body ${path}`, expected, found: cut(token) });
    } else if (token.startsWith('"') && TWICE.test(token)) {
      found.push({ where: `body ${path}`, expected: 'text encoded once', found: cut(token) });
    }
  }
  return found;
}

function isExact(token: string): boolean {
  const value = Number(token);
  return Number.isFinite(value) && (!/^-?\d+$/.test(token) || BigInt(value) === BigInt(token));
}
