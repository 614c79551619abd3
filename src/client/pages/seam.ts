import { keyOf, type Range } from './range.js';

/** The items of the time that is reached with these items, which may have begun on the pages before. */
export function tailOf<T>(before: readonly T[], items: readonly T[], range: Range): T[] {
  const all = [...before, ...items];
  const time = timeOf(all.at(-1), range);
  return all.filter((item) => timeOf(item, range) === time);
}

/**
 * Takes out of a part's pages what has come already: a bound belongs to both parts that it parts. Several items may
 * have its time, so all their fields are compared, apart from what is expanded: that goes on changing.
 * @param tail the items of the time that had been reached before the part
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
