import { keyField } from '../exchange/items.js';
import { ruleOn } from '../model/rule.js';
import type { Finding } from '../model/violation.js';
import type { Page } from '../scenarios/lists/pages.js';
import { walk } from '../scenarios/lists/walk.js';

export default ruleOn(walk, {
  id: 'walk-once',
  group: 'pages',
  title: 'Walking the pages meets no item twice',
  explain:
    'Checked on the way forward, on the way back, and in long pages. Callers process an item twice that two ' +
    'pages show. Different logs of one moment are a note: a clock may not tell them apart, and where a cursor is a ' +
    'time, a page that begins between them repeats one or leaves it out.',
  source: 'x-collection: items are unique in their key; of moments, as far as the clock of the server goes',
  check({ operation, whole, forward, backward }) {
    // Items without a key may well be equal.
    const items = whole.flatMap((page) => page.items);
    if (keyField(operation, items) === undefined) return undefined;
    return [whole, forward, backward].flatMap(repeated);
  },
});

function repeated(pages: readonly Page[]): Finding[] {
  const seen = new Set<string>();
  for (const { keys, exchange } of pages) {
    for (const [index, key] of keys.entries()) {
      if (seen.has(key)) {
        const found = `${key} a second time`;
        return [{ where: `body /${index}`, expected: 'an item not shown before', found, exchange }];
      }
      seen.add(key);
    }
  }
  return [];
}
