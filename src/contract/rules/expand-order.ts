import { count } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { expand } from '../scenarios/expand.js';

export default ruleOn(expand, {
  id: 'expand-order',
  group: 'queries',
  title: 'An expansion leaves the items, their order and their number as they are',
  explain:
    'Sends the same request with and without expansions: the longest page, a short one, a range, and a filter. An ' +
    'expansion that joins tables the wrong way loses items, shows them twice, or sorts them in another order.',
  source: 'the expand parameter in the document',
  check({ orders }) {
    if (orders.length === 0) return undefined;
    return orders.flatMap(({ exchange, name, plain, expanded }) => {
      const index = plain.findIndex((key, at) => key !== expanded[at]);
      if (index < 0 && plain.length === expanded.length) return [];
      const at = index < 0 ? plain.length : index;
      const expected = `${count(plain.length, 'item')}, as without for ${name}, and ${plain[at] ?? 'no more'}`;
      const found = `${count(expanded.length, 'item')}, and ${expanded[at] ?? 'no more'}`;
      return [{ where: expanded[at] === undefined ? 'body' : `body /${at}`, expected, found, exchange }];
    });
  },
});
