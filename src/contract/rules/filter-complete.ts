import { count } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { filters } from '../scenarios/lists/filters.js';

export default ruleOn(filters, {
  id: 'filter-complete',
  group: 'queries',
  title: 'A filter shows all items that have the value',
  explain: 'Every item of the whole collection that has the value must come, as far as one page goes.',
  source: 'the query parameters in the document',
  check({ single: played }) {
    const comparing = played.filter(({ compared }) => compared !== undefined);
    if (comparing.length === 0) return undefined;
    return comparing.flatMap(({ expected, keys, compared, parameter, exchange }) => {
      const lost = expected.filter((key) => !keys.includes(key));
      if (lost.length === 0) return [];
      const found = `${count(lost.length, 'item')} less, first ${lost[0]}`;
      return [
        {
          where: 'body',
          expected: count(expected.length, 'item'),
          found,
          field: compared?.field,
          pointer: parameter.pointer,
          exchange,
        },
      ];
    });
  },
});
