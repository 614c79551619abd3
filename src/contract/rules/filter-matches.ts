import { ruleOn } from '../model/rule.js';
import { filteredValue, filters } from '../scenarios/lists/filters.js';
import { show } from '../text/words.js';

export default ruleOn(filters, {
  id: 'filter-matches',
  group: 'queries',
  title: 'A filter shows only items that have the value',
  explain:
    'For filters that compare a field of the items, or the id in a reference. The value is that of an item.',
  source: 'the query parameters in the document',
  check({ single: played }) {
    const comparing = played.flatMap((filtered) =>
      filtered.field === undefined ? [] : [{ ...filtered, field: filtered.field }],
    );
    if (comparing.length === 0) return undefined;
    return comparing.flatMap(({ items, field, value, parameter, exchange }) => {
      const index = items.findIndex((item) => filteredValue(item[field], field, parameter) !== value);
      if (index < 0) return [];
      const found = show(items[index]?.[field]);
      return [
        { where: `body /${index}/${field}`, expected: value, found, pointer: parameter.pointer, exchange },
      ];
    });
  },
});
