import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { parametersOf, wrongValues } from '../probe/refusal.js';

export default {
  id: 'unknown-expansion',
  on: 'probe',
  group: 'errors',
  priority: 2,
  title: 'Expansions that the document does not know are refused',
  explain:
    'Sends a field that does not exist, alone and behind one that does, and a path that goes one step further ' +
    'than those of the document.',
  source: 'the expand parameter in the document',
  async probes(operation, session) {
    const { expansion } = operation;
    const [parameter] = parametersOf(
      operation,
      ({ name, in: place }) => place === 'query' && name === expansion?.parameter,
    );
    if (!parameter || !expansion) throw new NotApplicable('the operation has no expansions');
    const longest = [...expansion.paths].sort((a, b) => b.split('.').length - a.split('.').length)[0];
    const texts = ['not_a_field', `${longest}.not_a_field`, [...expansion.paths.slice(0, 1), 'not_a_field']];
    return wrongValues(session, operation, 'unknown-expansion', ['400', '422'], [[parameter, texts]]);
  },
} satisfies Rule;
