import { count } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { ranges } from '../scenarios/lists/ranges.js';

export default ruleOn(ranges, {
  id: 'query-order',
  group: 'queries',
  title: 'The order of the parameters in a query means nothing',
  explain:
    'Page size and both bounds, sent the other way round, select the same items. Clients sort them as they like.',
  source: 'OpenAPI 3.1, parameter object: a parameter is known by its name and place',
  check({ reversed }) {
    if (!reversed) return undefined;
    const { exchange, keys, expected } = reversed;
    if (keys.join() === expected.keys.join()) return [];
    const found = `${count(keys.length, 'item')}, first ${keys[0] ?? 'none'}`;
    const items = `${count(expected.keys.length, 'item')}, first ${expected.keys[0] ?? 'none'}`;
    return [{ where: 'body', expected: `${items}, as in the other order`, found, exchange }];
  },
});
