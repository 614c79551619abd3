import { ruleOn } from '../model/rule.js';
import { filters, notAsExpected } from '../scenarios/lists/filters.js';

export default ruleOn(filters, {
  id: 'filter-pages',
  group: 'queries',
  title: 'A filter in small pages shows the same items',
  explain:
    'Reads the first pages of a filter, one or two items each: they show the items that have the value, in ' +
    'order, without a gap. Cursors that count in the whole collection skip items as soon as a filter is on.',
  source: 'the query and page parameters in the document',
  check: ({ pages }) => (pages.length === 0 ? undefined : pages.flatMap(notAsExpected)),
});
