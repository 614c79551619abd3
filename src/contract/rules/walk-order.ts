import { join } from '../../document/index.js';
import { show } from '../../text/words.js';
import { compare } from '../exchange/items.js';
import { ruleOn } from '../model/rule.js';
import type { Finding } from '../model/violation.js';
import type { Page } from '../scenarios/lists/pages.js';
import { walk } from '../scenarios/lists/walk.js';

export default ruleOn(walk, {
  id: 'walk-order',
  group: 'pages',
  title: 'Items come in the order that the document names',
  explain:
    'Within each page and from page to page. Moments are compared to the microsecond, whatever their spelling.',
  source: 'x-collection in the document',
  check({ operation, whole, forward, backward, plain }) {
    const { key, order } = operation.collection ?? {};
    if (key === undefined || order === undefined) return undefined;
    const walks = [whole, forward, [...backward].reverse(), plain ? [plain] : []];
    return walks
      .flatMap((pages) => misplaced(pages, key, order))
      .map((finding) => ({
        ...finding,
        pointer: join(operation.pointer, 'x-collection'),
      }));
  },
});

/** The first item that comes before one it should follow. Another rule checks equal keys. */
function misplaced(pages: readonly Page[], key: string, order: string): Finding[] {
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
