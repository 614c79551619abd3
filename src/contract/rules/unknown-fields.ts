import { show } from '../../text/words.js';
import { unknownFieldsOf } from '../exchange/unknown-fields.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'unknown-fields',
  on: 'answer',
  group: 'answers',
  title: 'Fields that the document does not know are noted',
  explain:
    'The schemas allow additional fields, so a new one breaks nobody. It is drift all the same: the document should ' +
    'learn of it. With --strict it is a violation.',
  source: 'OpenAPI 3.1, schema object: additionalProperties',
  check(exchange, contract) {
    return unknownFieldsOf(contract, exchange)?.map(({ path, value, pointer: at }) => ({
      where: `body ${path}`,
      expected: 'a field that the document knows',
      found: show(value),
      pointer: at,
      note: true as const,
    }));
  },
} satisfies Rule;
