import { unequal } from '../exchange/difference.js';
import { ruleOn } from '../model/rule.js';
import { change } from '../scenarios/writing/change.js';

export default ruleOn(change, {
  id: 'change-kept',
  group: 'agree',
  title: 'What was changed can be read',
  explain: 'The object is retrieved after each change: it shows the values that were sent.',
  source: 'the PATCH and PUT operations in the document; RFC 9110, section 9.3.4',
  check: (changes) =>
    changes.flatMap(({ expected, showable, after, reading }) =>
      unequal(expected(after), after, showable, 'as sent').map((at) => ({ ...at, exchange: reading })),
    ),
});
