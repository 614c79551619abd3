import { show } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { isWithin, ranges } from '../scenarios/lists/ranges.js';

export default ruleOn(ranges, {
  id: 'range-bounds',
  group: 'queries',
  title: 'A range shows nothing outside of its bounds',
  explain:
    'Each item of the answer is compared, in the field that the parameter names, to the microsecond. A range that ends ' +
    'before it begins may be refused, but shows nothing.',
  source: 'the __gte and __lte parameters in the document',
  check: ({ selections, crossed }) =>
    [...selections, ...crossed].flatMap(({ exchange, items, field, from, to }) => {
      const index = items.findIndex((item) => !isWithin(item[field], from, to));
      if (index < 0) return [];
      const expected = [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(' ');
      const found = show(items[index]?.[field]);
      return [{ where: `body /${index}/${field}`, expected, found, exchange, alone: true as const }];
    }),
});
