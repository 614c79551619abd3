import { CUT, common, SPELLED } from '../../client/exit/redactor.js';

/** What may stand between a secret and the mark of a cut: a part of an escape. */
const PART_OF_ESCAPE = /^[%&\\\w#{]*$/;

/** Spellings of one length, in order. */
type Sorted = readonly string[];

/** All that begin alike: short ones, whose capitals count, are few. */
export interface Alike {
  readonly short: readonly string[];
  readonly sorted: readonly Sorted[];
}

/** Sorts what begins alike, for `nearest`. */
export function inOrder(spellings: readonly string[]): Alike {
  const short = spellings.filter(({ length }) => length < SPELLED);
  const groups = new Map<number, string[]>();
  for (const spelling of spellings) {
    if (spelling.length < SPELLED) continue;
    const group = groups.get(spelling.length) ?? [];
    groups.set(spelling.length, group);
    group.push(spelling);
  }
  return { short, sorted: [...groups.values()].map((group) => group.sort()) };
}

/**
 * The spellings to compare with the text there: of those of one length only the two that would stand beside it in
 * order, as no other has more characters in common with it. Undefined where a text was cut, and any may count.
 */
export function nearest({ short, sorted }: Alike, text: string, at: number): readonly string[] | undefined {
  const found = sorted.flatMap((spellings) => neighbours(spellings, text, at));
  return isCut(found, text, at) ? undefined : [...short, ...found];
}

/** The spellings before and behind which the text would stand. */
function neighbours(spellings: Sorted, text: string, at: number): string[] {
  const own = text.slice(at, at + (spellings[0]?.length ?? 0));
  let from = 0;
  let to = spellings.length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((spellings[middle] ?? '') < own) from = middle + 1;
    else to = middle;
  }
  return spellings.slice(Math.max(0, from - 1), from + 1);
}

/** Whether the text was cut within what it has in common with them: then one with less of it may count. */
function isCut(spellings: readonly string[], text: string, at: number): boolean {
  const end = text.indexOf(CUT, at);
  if (end < 0) return false;
  const most = Math.max(...spellings.map((spelling) => common(spelling, text, at)));
  return PART_OF_ESCAPE.test(text.slice(at + most, end));
}
