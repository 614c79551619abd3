import { show } from '../../../text/words.js';
import { compare } from '../../exchange/items.js';
import type { Finding } from '../../model/violation.js';
import type { Page } from './pages.js';

/** The first item that comes before one it should follow. Another rule checks equal keys. */
export function misplaced(
  pages: readonly Pick<Page, 'items' | 'exchange'>[],
  key: string,
  order: string,
): Finding[] {
  let before: unknown;
  for (const { items, exchange } of pages) {
    for (const [index, item] of items.entries()) {
      const difference = before === undefined ? 0 : compare(before, item[key]);
      if (order === 'descending' ? difference < 0 : difference > 0) {
        const expected = `${order} ${key}, after ${show(before)}`;
        const finding = { where: `body /${index}/${key}`, expected, found: show(item[key]), exchange };
        return [{ ...finding, ...(index > 0 ? { alone: true as const } : {}) }];
      }
      before = item[key];
    }
  }
  return [];
}
