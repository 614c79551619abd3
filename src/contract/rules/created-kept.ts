import { isObject } from '../../document/index.js';
import { unequal } from '../exchange/difference.js';
import { bodyWithoutUnknownFields } from '../exchange/unknown-fields.js';
import { ruleOn } from '../model/rule.js';
import { creation } from '../scenarios/writing/creation.js';

export default ruleOn(creation, {
  id: 'created-kept',
  group: 'agree',
  title: 'What was created can be read, as the answer to the POST shows it',
  explain:
    'The object that the answer to a POST names can be retrieved at once, and shows what this answer shows of ' +
    'the values that were sent. Whether the answer shows them as they were sent is left open: a server may make ' +
    'something else of them.',
  source: 'the POST operations in the document; RFC 9110, sections 9.3.3 and 15.3.2',
  // The status already shows whether it can be retrieved.
  check({ sent, exchange, reading }, contract) {
    const answered = bodyWithoutUnknownFields(contract, exchange);
    const shown = bodyWithoutUnknownFields(contract, reading);
    if (reading.response.status !== 200 || !isObject(answered) || !isObject(shown)) return [];
    const fields = Object.keys(sent).filter((field) => Object.hasOwn(answered, field));
    const found = unequal(answered, shown, fields, 'as in the answer to the POST');
    return found.map((at) => ({ ...at, exchange: reading }));
  },
});
