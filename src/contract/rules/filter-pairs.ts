import { ruleOn } from '../model/rule.js';
import { filters, notAsExpected } from '../scenarios/lists/filters.js';

export default ruleOn(filters, {
  id: 'filter-pairs',
  group: 'queries',
  title: 'Two filters at once both hold',
  explain:
    'Two filters at once, by the values of one item, show the items that have both, in the order of the whole collection. ' +
    'A server that heeds the first only, or shows what has either, shows too much.',
  source: 'the query parameters in the document',
  check: ({ pairs }) => (pairs.length === 0 ? undefined : pairs.flatMap(notAsExpected)),
});
