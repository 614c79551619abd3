import { NotApplicable, NotCovered } from '../errors.js';
import type { Rule } from '../model/rule.js';

/** Most requests to a remote server, to leave some for others at the same address. */
const MOST = 20;

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
    const index = session.contract.operations.filter((one) => one.public).indexOf(operation);
    if (!session.target.own && index >= MOST) {
      throw new NotCovered(`anonymous callers have few requests an hour: ${MOST} operations are asked`);
    }
    const probe = { name: 'without a token', credential: 'none', rule: 'public-without-token' } as const;
    return [await session.probe(operation, probe)];
  },
} satisfies Rule;
