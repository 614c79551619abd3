import { count } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { ranges } from '../scenarios/lists/ranges.js';

export default ruleOn(ranges, {
  id: 'range-zones',
  group: 'queries',
  title: 'A bound means the same moment in each zone',
  explain: 'The same bound, written an hour later in a zone an hour to the east, selects the same items.',
  source: 'format date-time in the document; RFC 3339, section 4.2',
  check({ zoned }) {
    if (!zoned) return undefined;
    const { exchange, keys, expected } = zoned;
    if (keys.join() === expected.keys.join()) return [];
    const found = `${count(keys.length, 'item')}, first ${keys[0] ?? 'none'}`;
    return [
      { where: 'body', expected: `the ${expected.keys.length} items of the UTC bound`, found, exchange },
    ];
  },
});
