import { parseInstant } from '../../document/values/instant.js';
import { unequal } from '../exchange/difference.js';
import type { Item } from '../exchange/items.js';
import { ruleOn } from '../model/rule.js';
import { change } from '../scenarios/writing/change.js';

export default ruleOn(change, {
  id: 'change-only',
  group: 'agree',
  title: 'A change leaves alone what was not sent',
  explain:
    'Fields that a PATCH does not name have the same value before and after it: those that it could have ' +
    'changed, and texts and URLs that it could not. Times that a server sets by itself, and texts made of what ' +
    'was sent, may change with it. Where a number, a flag or a state of a few values that cannot be sent is ' +
    'different afterwards, that is a note.',
  source: 'the PATCH operations in the document; RFC 5789, section 2',
  check: (changes) => {
    const partial = changes.filter(({ exchange }) => exchange.request.method === 'PATCH');
    if (partial.length === 0) return undefined;
    return partial.flatMap(({ sent, before, after, writable, states, reading, moving }) => {
      const others = Object.keys(before).filter(
        (field) => !Object.hasOwn(sent, field) && !moving.includes(field),
      );
      const left = others.filter((field) => {
        return writable.includes(field) || (!states.includes(field) && isLasting(before, field, sent));
      });
      const found = unequal(before, after, left, 'as before').map((at) => ({ ...at, exchange: reading }));
      if (found.length > 0) return found;
      const following = others.filter((field) => !left.includes(field) && !isMoment(before[field]));
      const notes = unequal(before, after, following, 'as before');
      return notes.map((at) => ({ ...at, exchange: reading, note: true as const }));
    });
  },
});

/** Whether a field that can't be sent should stay unchanged: text or a URL that isn't derived from what was sent. */
function isLasting(before: Item, field: string, sent: Item): boolean {
  const value = before[field];
  const parts = Object.keys(sent).map((name) => before[name]);
  if (typeof value !== 'string' || isMoment(value)) return false;
  return !parts.some((part) => typeof part === 'string' && part !== '' && value.includes(part));
}

function isMoment(value: unknown): boolean {
  return value === null || (typeof value === 'string' && parseInstant(value) !== undefined);
}
