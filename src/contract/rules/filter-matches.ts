import { show } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { filters } from '../scenarios/lists/filters.js';

export default ruleOn(filters, {
  id: 'filter-matches',
  group: 'queries',
  title: 'A filter shows only items that have the value',
  explain:
    'For filters that compare a field of the items, or the id in a reference. The value is one that an item ' +
    'has. One that nothing has is sent too, and nothing may come: where the document says that values are compared ' +
    'exactly, also the beginning of one, and one in the other case.',
  source: 'the query parameters in the document',
  check({ single: played, unknown }) {
    const comparing = [...played, ...unknown].flatMap(({ compared, ...filtered }) =>
      compared === undefined ? [] : [{ ...filtered, ...compared }],
    );
    if (comparing.length === 0) return undefined;
    return comparing.flatMap(({ items, field, matches, wanted, parameter, exchange }) => {
      const index = items.findIndex((item) => !matches(item));
      if (index < 0) return [];
      const found = show(items[index]?.[field]);
      return [
        { where: `body /${index}/${field}`, expected: wanted, found, pointer: parameter.pointer, exchange },
      ];
    });
  },
});
