import { ruleOn } from '../model/rule.js';
import { ranges } from '../scenarios/lists/ranges.js';

export default ruleOn(ranges, {
  id: 'range-inclusive',
  group: 'queries',
  title: 'Bounds of a range are inclusive',
  explain:
    'The bounds are values of items, and these items must come. If a server leaves them out, items get lost ' +
    'between two adjoining ranges.',
  source: 'the __gte and __lte parameters in the document',
  check({ selections }) {
    if (selections.every(({ edges }) => edges.length === 0)) return undefined;
    return selections.flatMap(({ exchange, edges, keys, field }) => {
      const lost = edges.find((key) => !keys.includes(key));
      if (lost === undefined) return [];
      return [
        {
          where: 'body',
          expected: `the item on the bound, ${field} ${lost}`,
          found: 'not among the items',
          field,
          exchange,
        },
      ];
    });
  },
});
