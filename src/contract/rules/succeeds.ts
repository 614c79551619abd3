import type { Operation } from '../../document/index.js';
import type { Probe } from '../model.js';
import type { Rule } from '../rule.js';
import type { Session } from '../session.js';
import { queryPairs } from '../values.js';

export default {
  id: 'succeeds',
  on: 'probe',
  group: 'status',
  priority: 0,
  title: 'Ordinary requests succeed',
  explain:
    'Each operation is called with what it requires and no more, then with each example that the document gives for ' +
    'an optional parameter.',
  source: 'the operation and its parameters in the document',
  probes(operation, session) {
    const plain = session.probe(operation, { name: 'as required, no more' });
    return plain ? [plain, ...optional(operation, session)] : [];
  },
} satisfies Rule;

function optional(operation: Operation, session: Session): Probe[] {
  return operation.parameters
    .filter((parameter) => !parameter.required)
    .flatMap((parameter) =>
      parameter.examples.map((example) =>
        session.probe(operation, {
          name: `${parameter.name}, example ${example.name}`,
          parameters: [parameter.name],
          ...(parameter.in === 'query'
            ? { query: queryPairs(parameter, example.value) }
            : { headers: { [parameter.name]: String(example.value) } }),
        }),
      ),
    )
    .filter((probe) => probe !== undefined);
}
