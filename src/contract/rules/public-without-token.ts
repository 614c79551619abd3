import { NotApplicable } from '../faults.js';
import type { Rule } from '../rule.js';

export default {
  id: 'public-without-token',
  on: 'probe',
  group: 'answers',
  priority: 1,
  title: 'Public operations answer without a token',
  explain:
    'What the document marks as public (security: []) can be called by anybody. Sent once an operation, as anonymous ' +
    'callers have few requests an hour.',
  source: 'security in the document',
  async probes(operation, session) {
    if (operation.method === 'DELETE') throw new NotApplicable('what is deleted once is gone');
    if (!operation.public) throw new NotApplicable('the operation needs a token');
    const probe = { name: 'without a token', credential: 'none', rule: 'public-without-token' } as const;
    return [await session.probe(operation, probe)];
  },
} satisfies Rule;
