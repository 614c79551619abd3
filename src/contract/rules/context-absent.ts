import { ruleOn } from '../model/rule.js';
import { context } from '../scenarios/context.js';
import { show } from '../text/words.js';

export default ruleOn(context, {
  id: 'context-absent',
  group: 'agree',
  title: 'Without the header no item carries the user',
  explain:
    'Some items with the user and some without mix the context of one caller into the answer to another. A token of the user ' +
    'puts the user into all of them.',
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
