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

/** The first item that comes again just as it was; else the first key that does. */
function repeated(pages: readonly Page[]): Finding[] {
  const seen = new Map<string, string>();
  const others: Finding[] = [];
  for (const { keys, items, exchange } of pages) {
    for (const [index, key] of keys.entries()) {
      const content = JSON.stringify(items[index]);
      const before = seen.get(key);
      if (before !== undefined) {
        const found = `${key} a second time`;
        const expected = 'an item not shown before';
        const finding = { where: `body /${index}`, expected, found, items: [key], exchange };
        if (before === content) return [finding];
        others.push(finding);
      }
      seen.set(key, content);
    }
  }
  return others.slice(0, 1);
}
