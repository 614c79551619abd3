import { count } from '../../text/words.js';
import { itemsOfAnswer, keyField, keyOf } from '../exchange/items.js';
import type { Exchange } from '../model/exchange.js';
import { ruleOn } from '../model/rule.js';
import { removal } from '../scenarios/writing/removal.js';

/** One or two objects may belong to what was deleted. */
const SEVERAL = 3;

export default ruleOn(removal, {
  id: 'deleted-one',
  group: 'agree',
  title: 'A DELETE of one object does not delete all the others',
  explain:
    'Reads the list of the kind before and after the DELETE: if all the other objects are gone, three at least, ' +
    'the whole table was deleted.',
  source: 'the DELETE operations in the document; RFC 9110, section 9.3.5',
  check({ listing, earlier, id }) {
    if (!listing || !earlier) return undefined;
    const left = new Set(keysIn(listing));
    const others = keysIn(earlier).filter((key) => key !== id);
    if (others.length < SEVERAL || others.some((key) => left.has(key))) return [];
    const found = `${count(others.length, 'other object')} gone too`;
    return [{ where: 'body', expected: `a list without ${id}`, found, exchange: listing }];
  },
});

function keysIn(listing: Exchange): string[] {
  const items = itemsOfAnswer(listing) ?? [];
  const key = keyField(listing.operation, items);
  return items.map((item) => keyOf(item, key));
}
