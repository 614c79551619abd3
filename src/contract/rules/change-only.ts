import { unequal } from '../exchange/difference.js';
import { ruleOn } from '../model/rule.js';
import { change } from '../scenarios/change.js';

export default ruleOn(change, {
  id: 'change-only',
  group: 'agree',
  title: 'A change leaves alone what was not sent',
  explain:
    'Fields that a PATCH could have changed and does not name have the same value before and after it.',
  source: 'the PATCH operations in the document; RFC 5789, section 2',
  check: (changes) => {
    const partial = changes.filter(({ exchange }) => exchange.request.method === 'PATCH');
    if (partial.length === 0) return undefined;
    return partial.flatMap(({ sent, before, after, writable, reading }) => {
      const left = writable.filter((field) => !(field in sent) && field in before);
      return unequal(before, after, left, 'as before').map((at) => ({ ...at, exchange: reading }));
    });
  },
});
