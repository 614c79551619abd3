import { show } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { context } from '../scenarios/context.js';

export default ruleOn(context, {
  id: 'context-absent',
  group: 'agree',
  title: 'Without the header no item carries the user',
  explain:
    'If only some of the items carry the user, the context of one caller got into the answer to another. If all ' +
    'of them do, the token may be that of the user, which is no violation.',
  source: 'x-header-effects in the document',
  check(played) {
    return played.flatMap(({ plain, fields, id }) => {
      const texts = plain.items.flatMap((item, index) =>
        fields.flatMap((field) =>
          typeof item[field] === 'string' ? [{ index, field, text: item[field] }] : [],
        ),
      );
      const carrying = texts.filter(({ text }) => text.includes(id));
      const [first] = carrying;
      if (!first || carrying.length === texts.length) return [];
      const where = `body /${first.index}/${first.field}`;
      return [
        { where, expected: `text without ${id}`, found: show(first.text, 120), exchange: plain.exchange },
      ];
    });
  },
});
