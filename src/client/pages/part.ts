import type { PartPage } from './part-page.js';

/** A stretch of the range, from where the walk enters it to where it leaves it, both bounds included. */
export interface Part<T> {
  /** Value of the filter; undefined at the collection's beginning. */
  readonly begin: string | undefined;
  /** Value of the filter; undefined at the collection's end. */
  end: string | undefined;
  /** Items per millisecond, as seen next to it; undefined if unknown. */
  density: number | undefined;
  /** Items that have come so far. */
  items: number;
  state: 'open' | 'under way' | 'done';
  /** Pages that have come, waiting until those before them have been read. */
  readonly pages: PartPage<T>[];
}

export function newPart<T>(begin: string | undefined, end: string | undefined, density?: number): Part<T> {
  return { begin, end, density, items: 0, state: 'open', pages: [] };
}
