import { DocumentError } from '../errors.js';

/**
 * Limits for a document with its aliases expanded: number of values, and their ratio to the number without expansion.
 */
const VALUES = 1_000_000;
const TIMES = 10;

/** Levels of lists and objects in one another; documents that people write have a few dozen. */
export const DEPTH = 500;

/** Brackets that a text opens without closing them, as an early sign of such depth. */
const OPEN = 2_000;

/**
 * Refuses a text that is nested so deep that parsing it would take long, or overflow the stack.
 *
 * @throws DocumentError
 */
export function refuseDeepText(text: string, name: string): void {
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '[' || character === '{') open++;
    else if ((character === ']' || character === '}') && open > 0) open--;
    if (open > OPEN) throw tooDeep(name);
  }
}

/** Half of a surrogate pair, such as `\ud800`: no pointer can lead to a member with that in its name. */
const HALF = /\p{Cs}/u;

function half(name: string, key: string): DocumentError {
  return new DocumentError(
    `${name} can't be read: the name ${JSON.stringify(key)} holds half of a surrogate pair; write the whole character`,
    '#',
  );
}

export function tooDeep(name: string): DocumentError {
  return new DocumentError(`${name} can't be read: it is nested deeper than ${DEPTH} levels`, '#');
}

/**
 * Refuses a document whose YAML aliases expand too far to be usable, or contain themselves, one that is nested too
 * deep, and one with names that aren't valid text.
 *
 * @throws DocumentError
 */
export function refuseExpansion(value: unknown, name: string): void {
  const sizes = new Map<object, number>();
  const inside = new Set<object>();
  const sizeOf = (part: unknown, depth: number): number => {
    if (typeof part !== 'object' || part === null) return 1;
    if (depth > DEPTH) throw tooDeep(name);
    for (const key of Object.keys(part)) if (HALF.test(key)) throw half(name, key);
    if (inside.has(part))
      throw new DocumentError(`${name} can't be read: a YAML alias stands for itself`, '#');
    let size = sizes.get(part);
    if (size === undefined) {
      inside.add(part);
      size = Object.values(part).reduce<number>((sum, child) => sum + sizeOf(child, depth + 1), 1);
      inside.delete(part);
      sizes.set(part, size);
    }
    return size;
  };
  const whole = sizeOf(value, 0);
  const written = [...sizes.keys()].reduce((sum, part) => sum + Object.keys(part).length, 1);
  if (whole <= VALUES || whole <= written * TIMES) return;
  throw new DocumentError(
    `${name} can't be read: written out, its YAML aliases come to ${whole.toLocaleString('en')} values. ` +
      'Write what they stand for as components that are referred to',
    '#',
  );
}
