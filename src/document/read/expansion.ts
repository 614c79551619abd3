import { DocumentError } from '../errors.js';

/**
 * Limits for a document with its aliases expanded: number of values, and their ratio to the number without expansion.
 */
const VALUES = 1_000_000;
const TIMES = 10;

/**
 * Refuses a document whose YAML aliases expand too far to be usable, or contain themselves.
 *
 * @throws DocumentError
 */
export function refuseExpansion(value: unknown, name: string): void {
  const sizes = new Map<object, number>();
  const inside = new Set<object>();
  const sizeOf = (part: unknown): number => {
    if (typeof part !== 'object' || part === null) return 1;
    if (inside.has(part))
      throw new DocumentError(`${name} can't be read: a YAML alias stands for itself`, '#');
    let size = sizes.get(part);
    if (size === undefined) {
      inside.add(part);
      size = Object.values(part).reduce<number>((sum, child) => sum + sizeOf(child), 1);
      inside.delete(part);
      sizes.set(part, size);
    }
    return size;
  };
  const whole = sizeOf(value);
  const written = [...sizes.keys()].reduce((sum, part) => sum + Object.keys(part).length, 1);
  if (whole <= VALUES || whole <= written * TIMES) return;
  throw new DocumentError(
    `${name} can't be read: written out, its YAML aliases come to ${whole.toLocaleString('en')} values. ` +
      'Write what they stand for as components that are referred to',
    '#',
  );
}
