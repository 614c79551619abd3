import { count, show } from '../../text/words.js';
import { difference } from '../exchange/difference.js';
import { ruleOn } from '../model/rule.js';
import { expand } from '../scenarios/expand.js';

export default ruleOn(expand, {
  id: 'expand-keeps',
  group: 'queries',
  title: 'An expansion changes nothing else',
  explain: 'The same items come, and all their other fields are as they are without the expansion.',
  source: 'the expand parameter in the document',
  check: ({ answers }) =>
    answers.flatMap(({ paths, pairs, lost, exchange }) => {
      if (lost > 0) {
        return [
          {
            where: 'body',
            expected: 'the items of the answer without',
            found: `${count(lost, 'item')} less`,
            exchange,
          },
        ];
      }
      const expanded = new Set(paths.map((path) => path.split('.')[0] ?? ''));
      for (const pair of pairs) {
        const fields = Object.keys(pair.plain).filter((field) => !expanded.has(field));
        for (const field of fields) {
          const other = difference(pair.plain[field], pair.expanded[field]);
          if (!other) continue;
          const where = `body ${pair.path}/${field}${other.path}`;
          return [{ where, expected: show(other.a), found: show(other.b), exchange }];
        }
      }
      return [];
    }),
});
