import { type Item, orderValue } from '../../exchange/items.js';

/**
 * Chooses a size that gives about four pages, the last one not full. It puts a page boundary between two items with
 * close keys, which is hardest: a truncated cursor loses one of them there.
 */
export function choosePageSize(
  items: readonly Item[],
  key: string | undefined,
  bounds: { maxSize?: number | undefined; mostPages: number },
): number {
  const { maxSize = items.length, mostPages } = bounds;
  const quarter = Math.max(1, Math.ceil(items.length / 4));
  const least = Math.max(1, Math.floor(quarter * 0.7));
  const sizes = Array.from({ length: quarter }, (_, index) => least + index).filter(
    (size) => size <= maxSize && items.length % size !== 0 && items.length / size <= mostPages,
  );
  const [best] = sizes.sort((a, b) => tightest(items, key, a) - tightest(items, key, b));
  return best ?? Math.min(maxSize, quarter);
}

/**
 * The smallest distance between the two items at a page boundary; if keys have no distance, how far the size is off.
 */
function tightest(items: readonly Item[], key: string | undefined, size: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let index = size; index < items.length; index += size) {
    const [before, after] = [items[index - 1], items[index]].map((item) => orderValue(item?.[key ?? '']));
    if (typeof before === 'number' && typeof after === 'number') {
      smallest = Math.min(smallest, Math.abs(before - after));
    }
  }
  return smallest === Number.POSITIVE_INFINITY ? Math.abs(size - items.length / 4) : smallest;
}
