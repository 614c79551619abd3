import { itemsOfAnswer, keyField, keyOf } from '../exchange/items.js';
import { ruleOn } from '../model/rule.js';
import { removal } from '../scenarios/writing/removal.js';

export default ruleOn(removal, {
  id: 'deleted-gone',
  group: 'agree',
  title: 'What was deleted can no longer be retrieved, nor is it listed',
  explain:
    'After a DELETE that succeeded, retrieving the same object gives a 404 (or 410), and the list of its kind ' +
    'lacks it; no object that it referred to leads to it from a list either. The object is retrieved only where the ' +
    'document declares a 404 or 410 for that: without one, the DELETE may put back a default. The DELETE is sent a ' +
    'second time, as by a client that saw no answer to the first: it succeeds again, or the server says that there is ' +
    'nothing.',
  source: 'the DELETE operations in the document; RFC 9110, sections 9.2.2 and 9.3.5',
  // The statuses already show whether it can still be retrieved.
  check({ listing, id, dead }) {
    const items = (listing && itemsOfAnswer(listing)) ?? [];
    const key = listing && keyField(listing.operation, items);
    const index = items.findIndex((item) => keyOf(item, key) === id);
    const expected = `a list without ${id}`;
    return [
      ...(index < 0 ? [] : [{ where: `body /${index}`, expected, found: id, exchange: listing }]),
      ...dead.map(({ at, url, exchange }) => ({ where: `body ${at}`, expected, found: url, exchange })),
    ];
  },
});
