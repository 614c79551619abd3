import { show } from '../../text/words.js';
import { difference } from '../exchange/difference.js';
import { ruleOn } from '../model/rule.js';
import { context } from '../scenarios/context.js';

export default ruleOn(context, {
  id: 'context-only',
  group: 'agree',
  title: 'The header changes the fields that the document names, and no others',
  explain: 'Items with and without the header are compared in all other fields.',
  source: 'x-header-effects in the document',
  check(played) {
    const answers = played.flatMap(({ answers: all, ...context }) =>
      all.map((answer) => ({ ...context, ...answer })),
    );
    if (answers.length === 0) return undefined;
    return answers.flatMap(({ plain, items, fields, exchange }) => {
      const bare = (all: readonly Record<string, unknown>[]) =>
        all.map((item) =>
          Object.fromEntries(Object.entries(item).filter(([name]) => !fields.includes(name))),
        );
      const other = difference(bare(plain.items), bare(items));
      if (!other) return [];
      return [{ where: `body ${other.path}`, expected: show(other.a), found: show(other.b), exchange }];
    });
  },
});
