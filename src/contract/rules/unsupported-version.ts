import { isVersionHeader } from '../../document/index.js';
import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { parametersOf, wrongValues } from '../probe/refusal.js';

export default {
  id: 'unsupported-version',
  on: 'probe',
  group: 'errors',
  priority: 2,
  title: 'Versions that the API does not have are refused',
  explain:
    'Sends a version that is long gone, one that is not there yet, and a word. A server that answers with some ' +
    'other version breaks callers without warning.',
  source: 'the version header in the document',
  async probes(operation, session) {
    const parameters = parametersOf(operation, (parameter) =>
      isVersionHeader(parameter, operation.responses),
    );
    if (parameters.length === 0) throw new NotApplicable('the operation has no version header');
    const values = parameters.map((parameter) => [parameter, ['1', '99', 'next']] as const);
    return wrongValues(session, operation, 'unsupported-version', ['400', '406'], values);
  },
} satisfies Rule;
