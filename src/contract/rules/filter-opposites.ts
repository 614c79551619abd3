import { ruleOn } from '../model/rule.js';
import { filters } from '../scenarios/lists/filters.js';

export default ruleOn(filters, {
  id: 'filter-opposites',
  group: 'queries',
  title: 'No item comes for both yes and no',
  explain:
    'A filter by yes or no, such as is_finished, shows an item for only one of the two values. A server that ' +
    'heeds true but not false shows everything for false, and one that reads false as true shows the same part. ' +
    'Where both values show all items, the filter may be ignored, or not be a filter: that is a note.',
  source: 'the query parameters in the document: a boolean with a name such as is_finished',
  check({ opposites }) {
    if (opposites.length === 0) return undefined;
    return opposites.flatMap(({ exchange, parameter, yes, no, whole, complete }) => {
      const both = yes.find((key) => no.includes(key));
      const upToLast = whole.slice(0, whole.indexOf(yes.at(-1) ?? '') + 1);
      const isIgnored = yes.join() === no.join() && upToLast.every((key) => yes.includes(key));
      // If the whole collection was read, another rule notes that.
      if (both === undefined || (isIgnored && complete)) return [];
      const expected = `each item with ${parameter.name}=true or false`;
      const at = {
        where: 'body',
        expected,
        found: `${both} with both`,
        pointer: parameter.pointer,
        exchange,
      };
      return [{ ...at, ...(isIgnored ? { note: true as const } : {}) }];
    });
  },
});
