import { ruleOn } from '../model/rule.js';
import { filters } from '../scenarios/lists/filters.js';

export default ruleOn(filters, {
  id: 'filter-selects',
  group: 'queries',
  title: 'A filter takes items away and adds none',
  explain:
    'Some filters compare something that the items do not show. They can still only select: each item of the ' +
    'answer is one of the whole collection. A filter that takes nothing away may be ignored: that is a note.',
  source: 'the query parameters in the document',
  check({ single: played }) {
    const opaque = played.filter(({ compared }) => compared === undefined);
    if (opaque.length === 0) return undefined;
    return opaque.flatMap(({ keys, whole, complete, parameter, value, exchange }) => {
      // There may be more items after the last page that was read.
      if (!complete) return [];
      const known = new Set(whole);
      const index = keys.findIndex((key) => !known.has(key));
      const at = { pointer: parameter.pointer, exchange };
      if (index >= 0) {
        return [
          {
            where: `body /${index}`,
            expected: 'an item of the whole collection',
            found: `${keys[index]}`,
            ...at,
          },
        ];
      }
      if (keys.length < whole.length) return [];
      const expected = `fewer items with ${parameter.name}=${value}`;
      return [{ where: 'body', expected, found: 'the whole collection', ...at, note: true as const }];
    });
  },
});
