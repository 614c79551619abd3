import { ruleOn } from '../model/rule.js';
import { filters } from '../scenarios/lists/filters.js';

export default ruleOn(filters, {
  id: 'filter-opposites',
  group: 'queries',
  title: 'No item both is and is not',
  explain:
    'A filter by yes or no, such as is_finished, shows an item for one of the values at most. One that heeds only true ' +
    'shows everything for false.',
  source: 'the query parameters in the document: a boolean with a name such as is_finished',
  check({ opposites }) {
    if (opposites.length === 0) return undefined;
    return opposites.flatMap(({ exchange, parameter, yes, no }) => {
      const both = yes.find((key) => no.includes(key));
      // What is ignored altogether is noted by another rule.
      if (both === undefined || yes.join() === no.join()) return [];
      const expected = `each item with ${parameter.name}=true or false`;
      return [{ where: 'body', expected, found: `${both} with both`, pointer: parameter.pointer, exchange }];
    });
  },
});
