import { CUT, common, Redactor, SPELLED } from '../../client/exit/redactor.js';

/** Fewer are compared one by one. */
const FEW = 20;

/** What may stand between a secret and the mark of a cut: a part of an escape. */
const PART_OF_ESCAPE = /^[%&\\\w#{]*$/;

/** Spellings of one length, in order. */
type Sorted = readonly string[];

/** All that begin alike: short ones, whose capitals count, are few. */
interface Alike {
  readonly short: readonly string[];
  readonly sorted: readonly Sorted[];
}

/**
 * Knows the secrets of a whole recording. Tens of thousands of tokens begin alike, and a text that has one would be
 * compared with each: of those of one length, only the two are looked at that would stand beside the text in order, as
 * no other has more characters in common with it.
 */
export class ManySecrets extends Redactor {
  /** By the list of all that begin alike. */
  readonly #alike = new Map<readonly string[], Alike>();

  override learn(...secrets: readonly (string | null | undefined)[]): void {
    super.learn(...secrets);
    this.#alike.clear();
  }

  override learnSet(secrets: readonly string[]): void {
    super.learnSet(secrets);
    this.#alike.clear();
  }

  protected override near(begun: readonly string[], text: string, at: number): readonly string[] {
    if (begun.length <= FEW) return begun;
    const alike = this.#alike.get(begun) ?? inOrder(begun);
    this.#alike.set(begun, alike);
    const found = alike.sorted.flatMap((spellings) => neighbours(spellings, text, at));
    return isCut(found, text, at) ? begun : [...alike.short, ...found];
  }
}

function inOrder(spellings: readonly string[]): Alike {
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
