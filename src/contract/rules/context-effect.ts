import { show } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { context } from '../scenarios/context.js';

export default ruleOn(context, {
  id: 'context-effect',
  group: 'agree',
  title: 'A request header that names a user has its effect',
  explain:
    'The fields that the document names carry the id of the user, in each item that has them and for each spelling of the value.',
  source: 'x-header-effects in the document',
  check(played) {
    const answers = played.flatMap(({ answers: all, ...context }) =>
      all.map((answer) => ({ ...context, ...answer })),
    );
    if (answers.length === 0) return undefined;
    return answers.flatMap(({ items, fields, id, exchange }) => {
      for (const [index, item] of items.entries()) {
        const field = fields.find((name) => typeof item[name] === 'string' && !item[name].includes(id));
        if (field === undefined) continue;
        return [
          {
            where: `body /${index}/${field}`,
            expected: `text with ${id}`,
            found: show(item[field], 120),
            exchange,
          },
        ];
      }
      return [];
    });
  },
});
