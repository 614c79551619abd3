import { count } from '../../text/words.js';
import { difference } from '../exchange/difference.js';
import { ruleOn } from '../model/rule.js';
import { change } from '../scenarios/writing/change.js';

/** One or two objects may follow what was changed, as the members of a group do. */
const SEVERAL = 3;

export default ruleOn(change, {
  id: 'change-one',
  group: 'agree',
  title: 'A change of one object is not made to all the others',
  explain:
    'Reads the list around an object before and after a PATCH or PUT of it. If all the other objects, three at ' +
    'least, have the very value afterwards that was sent, and had another one before, the change was written to ' +
    'the whole table.',
  source: 'the PATCH and PUT operations in the document; RFC 9110, section 9.3.4; RFC 5789, section 2',
  check: (changes) => {
    const listed = changes.filter(({ others }) => others.length > 0);
    if (listed.length === 0) return undefined;
    return listed.flatMap(({ sent, showable, others, exchange }) =>
      showable.flatMap((field) => {
        const isSent = (value: unknown) => difference(value, sent[field]) === undefined;
        const different = others.filter(
          ({ before }) => Object.hasOwn(before, field) && !isSent(before[field]),
        );
        if (different.length < SEVERAL || !different.every(({ after }) => isSent(after[field]))) return [];
        const found = `that of ${count(different.length, 'other object')} too`;
        return [{ where: 'body', expected: `the ${field} of one object changed`, found, field, exchange }];
      }),
    );
  },
});
