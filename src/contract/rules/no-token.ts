import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { refusals, requireValidation } from '../probe/refusal.js';

export default {
  id: 'no-token',
  on: 'probe',
  group: 'errors',
  priority: 1,
  title: 'Without a token there is a 401',
  explain: 'An operation that needs a token must not answer anybody without one.',
  source: 'security in the document; RFC 6750, section 3',
  async probes(operation, session) {
    if (operation.public) throw new NotApplicable('the operation is public');
    requireValidation(session);
    const expect = refusals(operation, '401');
    return [
      await session.probe(operation, {
        name: 'without a token',
        credential: 'none',
        expect,
        rule: 'no-token',
      }),
    ];
  },
} satisfies Rule;
