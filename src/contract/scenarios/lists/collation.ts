import { compare, orderValue } from '../../exchange/items.js';

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
  // Numbers and moments have one order alone.
  if (typeof a !== 'string' || typeof b !== 'string' || typeof orderValue(a) === 'number') return true;
  return (
    compare(a.toLowerCase(), b.toLowerCase()) < 0 &&
    compare(a.toUpperCase(), b.toUpperCase()) < 0 &&
    compare(lettersOf(a), lettersOf(b)) < 0 &&
    ways.every((way) => way.compare(a, b) < 0)
  );
}

/** Without accents, marks and spaces, which some databases look at last. */
function lettersOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
