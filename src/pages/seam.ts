import { keyOf, type Range } from './range.js';

/** The items of the time that is reached with these items, which may have begun on the pages before. */
export function tailOf<T>(before: readonly T[], items: readonly T[], range: Range): T[] {
  const all = [...before, ...items];
  const time = timeOf(all.at(-1), range);
  return all.filter((item) => timeOf(item, range) === time);
}

/**
 * Takes out of a part's pages what has come already: a bound belongs to both parts that it parts. Several items may
 * have its time, so they are compared as a whole.
 * @param tail the items of the time that had been reached before the part
 */
export function cleaner(tail: readonly unknown[], range: Range): (items: unknown[]) => void {
  const time = timeOf(tail[0], range);
  const known = tail.map((item) => JSON.stringify(item));
  return (items) => {
    if (timeOf(items[0], range) !== time) return;
    const fresh = items.filter((item) => {
      const index = known.indexOf(JSON.stringify(item));
      if (index >= 0) known.splice(index, 1);
      return index < 0;
    });
    items.splice(0, items.length, ...fresh);
  };
}

function timeOf(item: unknown, range: Range): number {
  return Date.parse(keyOf(item, range));
}
