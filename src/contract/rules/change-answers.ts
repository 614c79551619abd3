import { unequal } from '../exchange/difference.js';
import { ruleOn } from '../model/rule.js';
import { change } from '../scenarios/writing/change.js';

export default ruleOn(change, {
  id: 'change-answers',
  group: 'agree',
  title: 'The answer to a change shows what was sent',
  explain:
    'Each field that was sent and that the answer shows has its new value there; null clears the field. An ' +
    'object in a PATCH may add to the former one or replace it.',
  source: 'the PATCH and PUT operations in the document',
  check: (changes) =>
    changes.flatMap(({ expected, showable, answered, exchange }) =>
      answered
        ? unequal(expected(answered), answered, showable, 'as sent').map((at) => ({ ...at, exchange }))
        : [],
    ),
});
