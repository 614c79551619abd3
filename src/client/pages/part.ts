import type { PartPage } from './part-page.js';

/** A stretch of the range, from where the walk enters it to where it leaves it; both bounds belong to it. */
export interface Part<T> {
  /** As the filter takes it; undefined where the collection begins. */
  readonly begin: string | undefined;
  /** As the filter takes it; undefined where the collection ends. */
  end: string | undefined;
  /** Items a millisecond, as found next to it; undefined where nothing is known. */
  density: number | undefined;
  /** Items that have come. */
  items: number;
  state: 'open' | 'under way' | 'done';
  /** Pages that have come and wait for those before them to be read. */
  readonly pages: PartPage<T>[];
}

export function newPart<T>(begin: string | undefined, end: string | undefined, density?: number): Part<T> {
  return { begin, end, density, items: 0, state: 'open', pages: [] };
}
