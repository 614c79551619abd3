import { keyOf, type Range } from './range.js';

/** The items that have the last item's time; they may have begun on earlier pages. */
export function tailOf<T>(before: readonly T[], items: readonly T[], range: Range): T[] {
  const all = [...before, ...items];
  const time = timeOf(all.at(-1), range);
  return all.filter((item) => timeOf(item, range) === time);
}

/**
 * Makes a function that removes from a part's pages what has already come, since a bound belongs to the parts on both
 * sides. Several items may have the bound's time, so it compares all their fields, except expanded ones, which may
 * change between requests.
 * @param tail the items at the time that was reached before the part
 */
export function cleaner(tail: readonly unknown[], range: Range): (items: unknown[]) => void {
  const time = timeOf(tail[0], range);
  const known = tail.map(fieldsOf);
  return (items) => {
    if (timeOf(items[0], range) !== time) return;
    const fresh = items.filter((item) => {
      const index = known.indexOf(fieldsOf(item));
      if (index >= 0) known.splice(index, 1);
      return index < 0;
    });
    items.splice(0, items.length, ...fresh);
  };
}

function fieldsOf(item: unknown): string {
  return JSON.stringify(item, (name, value) =>
    name !== '' && typeof value === 'object' && value !== null ? undefined : value,
  );
}

function timeOf(item: unknown, range: Range): number {
  return Date.parse(keyOf(item, range));
}
