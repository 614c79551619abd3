import { compare, orderValue } from '../../exchange/items.js';

/** Ways in which databases compare texts: by code points, or as a dictionary does, with or without marks. */
const COLLATORS = [
  { numeric: false },
  { numeric: true },
  { ignorePunctuation: true },
  { caseFirst: 'upper' },
] as const;
/** Languages with an order of their own: letters after z, pairs of letters that are one, y beside i, z after s. */
const LANGUAGES = ['en', 'sv', 'da', 'cs', 'es-u-co-trad', 'lt', 'et'];
const ways = LANGUAGES.flatMap((language) =>
  COLLATORS.map((options) => new Intl.Collator(language, options)),
);

/** Whether a value comes before another one, in whichever way texts are compared. */
export function isCertainlyBefore(a: unknown, b: unknown): boolean {
  if (compare(a, b) >= 0) return false;
  // Numbers and moments have one order alone.
  if (typeof a !== 'string' || typeof b !== 'string' || typeof orderValue(a) === 'number') return true;
  return (
    // In UTF-16 what is beyond its first 65,536 characters comes before some of them.
    Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0 &&
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
