import { PAGE_AFTER, PAGE_BEFORE } from '../../document/index.js';
import { itemsOfAnswer, keyField, keyOf } from '../exchange/items.js';
import { ruleOn } from '../model/rule.js';
import { walk } from '../scenarios/lists/walk.js';

export default ruleOn(walk, {
  id: 'cursor-precedence',
  group: 'pages',
  title: `${PAGE_AFTER} wins over ${PAGE_BEFORE}`,
  explain: `A request that carries both cursors gets the page after ${PAGE_AFTER}; the other has no effect.`,
  source: `the ${PAGE_BEFORE} parameter in the document`,
  check({ operation, both }) {
    const items = both && itemsOfAnswer(both.exchange);
    if (!both || !items) return undefined;
    const field = keyField(operation, items);
    const keys = items.map((item) => keyOf(item, field));
    if (keys.join() === both.expected.keys.join()) return [];
    const pointer = operation.parameters.find(({ name }) => name === PAGE_BEFORE)?.pointer;
    const expected = `the page after ${PAGE_AFTER}, from ${both.expected.keys[0]}`;
    const found = keys.length > 0 ? `a page from ${keys[0]}` : 'an empty page';
    return [{ where: 'body', expected, found, pointer, exchange: both.exchange }];
  },
});
