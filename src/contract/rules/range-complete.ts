import { count } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { ranges } from '../scenarios/lists/ranges.js';

export default ruleOn(ranges, {
  id: 'range-complete',
  group: 'queries',
  title: 'A range shows everything within its bounds',
  explain:
    'Every item of the whole collection that lies between the bounds must come, as far as one page goes.',
  source: 'the __gte and __lte parameters in the document',
  check: ({ selections }) =>
    selections.flatMap(({ exchange, expected, edges, keys, field }) => {
      const lost = expected.filter((key) => !keys.includes(key) && !edges.includes(key));
      if (lost.length === 0) return [];
      const found = `${count(lost.length, 'item')} less, first ${lost[0]}`;
      return [{ where: 'body', expected: count(expected.length, 'item'), found, field, exchange }];
    }),
});
