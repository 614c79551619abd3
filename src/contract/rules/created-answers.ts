import { goesOneWay, hasChoices, isObject, parseJson, properties } from '../../document/index.js';
import { parseInstant } from '../../document/values/instant.js';
import { unequal } from '../exchange/difference.js';
import type { Rule } from '../model/rule.js';
import { shownSchema } from '../operation/success.js';

export default {
  id: 'created-answers',
  on: 'answer',
  group: 'agree',
  notOnMock: 'the mock answers with fixed examples',
  title: 'The answer to a POST shows what was sent',
  explain:
    'Numbers, flags, moments and values of a list: where the 201 shows what was sent, it shows the same value. A ' +
    'text may come back in another form, and so may what an object or a list holds; where nothing of it comes ' +
    'back, it was lost.',
  source: 'the POST operations in the document; RFC 9110, section 9.3.3',
  check({ operation, request, response, json }, contract) {
    const sent = parseJson(request.body ?? '')?.value;
    const answered = json?.value;
    if (request.method !== 'POST' || response.status !== 201) return undefined;
    if (!isObject(sent) || !isObject(answered)) return undefined;
    const shown = shownSchema(contract, operation);
    const known = shown && properties(contract.document, shown.value, shown.pointer);
    const described = Object.keys(sent).filter((field) => {
      const property = known?.get(field);
      // The server may change the name that an object has in its address, to tell it from another one.
      const isKey = contract.operations.some(({ path }) => path === `${operation.path}/{${field}}`);
      if (!property || isKey) return false;
      const isKeptBack = goesOneWay(contract.document, property.value, 'writeOnly', property.pointer);
      return !isKeptBack && contract.accepts(property.pointer, sent[field]);
    });
    const fields = described.filter((field) => {
      const value = sent[field];
      const property = known?.get(field);
      if (typeof value !== 'string') return ['number', 'boolean'].includes(typeof value);
      const isOneOf = property && hasChoices(contract.document, property.value, property.pointer);
      return parseInstant(value) !== undefined || isOneOf;
    });
    const lost = described.filter(
      (field) => Object.hasOwn(answered, field) && !isNothing(sent[field]) && isNothing(answered[field]),
    );
    return unequal(sent, answered, [...fields, ...lost], 'as sent');
  },
} satisfies Rule;

/** Whether a value tells nothing: null, an empty text or list, or an object or a list of such values. */
function isNothing(value: unknown): boolean {
  if (typeof value === 'object') return Object.values(value ?? {}).every(isNothing);
  return value === '';
}
