import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { parametersOf, wrongValues } from '../probe/refusal.js';

export default {
  id: 'page-size-bounds',
  on: 'probe',
  group: 'errors',
  priority: 2,
  title: 'A page size that is out of range, or not a whole number, is refused',
  explain:
    'Sends zero, less than zero, more than the maximum, a fraction and a word. Where a server quietly takes ' +
    'another size, callers believe that they got everything when they did not.',
  source: 'the page_size parameter in the document',
  async probes(operation, session) {
    const { sizeParameter, maxSize } = operation.paging ?? {};
    const [parameter] = parametersOf(
      operation,
      ({ name, in: place }) => place === 'query' && name === sizeParameter,
    );
    if (!parameter) throw new NotApplicable('the operation has no page size');
    const tooMany = maxSize === undefined ? [] : [String(maxSize + 1)];
    const texts = ['0', '-1', ...tooMany, 'ten', '1.5'];
    return wrongValues(session, operation, 'page-size-bounds', ['400', '422'], [[parameter, texts]]);
  },
} satisfies Rule;
