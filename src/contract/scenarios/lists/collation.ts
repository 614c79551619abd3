import { compare } from '../../exchange/items.js';

/** Ways in which databases compare texts: by code points, or as a dictionary does, with or without marks. */
const COLLATORS = [
  { numeric: false },
  { numeric: true },
  { ignorePunctuation: true },
  { caseFirst: 'upper' },
] as const;
const ways = COLLATORS.map((options) => new Intl.Collator('en', options));

/** Whether a value comes before another one, in whichever way texts are compared. */
export function isCertainlyBefore(a: unknown, b: unknown): boolean {
  if (compare(a, b) >= 0) return false;
  if (typeof a !== 'string' || typeof b !== 'string') return true;
  return (
    compare(a.toLowerCase(), b.toLowerCase()) < 0 &&
    compare(a.toUpperCase(), b.toUpperCase()) < 0 &&
    ways.every((way) => way.compare(a, b) < 0)
  );
}
