import { show } from '../../text/words.js';
import { difference } from '../exchange/difference.js';
import { textOf } from '../exchange/items.js';
import { ruleOn } from '../model/rule.js';
import { retrieve } from '../scenarios/retrieve.js';

export default ruleOn(retrieve, {
  id: 'list-retrieve',
  group: 'agree',
  title: 'What a list shows, retrieving shows too',
  explain:
    'Each field of an item in the list has the same value in what retrieving it shows; that may show more.',
  source: 'the operations of the collection in the document',
  check: (retrieved) =>
    retrieved.flatMap(({ listed, shown, field, id, exchange }) => {
      if (!shown || textOf(shown[field]) !== id) return [];
      for (const [name, value] of Object.entries(listed)) {
        const other = difference(value, shown[name]);
        if (!other) continue;
        const where = `body /${name}${other.path}`;
        return [{ where, expected: `${show(other.a)}, as listed`, found: show(other.b), exchange }];
      }
      return [];
    }),
});
