import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { parametersOf, refusals, requireValidation } from '../probe/refusal.js';
import { canBeEmpty } from '../probe/values.js';

export default {
  id: 'missing-parameter',
  on: 'probe',
  group: 'errors',
  priority: 3,
  title: 'A request without a required parameter is refused',
  explain: 'Each required query or header parameter is left out once.',
  source: 'required in the document',
  async probes(operation, session) {
    const required = parametersOf(
      operation,
      (parameter) =>
        parameter.required && parameter.in !== 'path' && !canBeEmpty(session.contract, parameter),
    );
    if (required.length === 0) throw new NotApplicable('only the path has required parameters');
    requireValidation(session);
    const expect = refusals(operation, '400', '422');
    return Promise.all(
      required.map(({ name }) =>
        session.probe(operation, {
          name: `without ${name}`,
          without: name,
          breaks: name,
          expect,
          rule: 'missing-parameter',
        }),
      ),
    );
  },
} satisfies Rule;
