import type { Rule } from '../model/rule.js';
import { refusals } from '../probe/refusal.js';

export default {
  id: 'wrong-token',
  on: 'probe',
  group: 'errors',
  priority: 1,
  notOnMock: 'the mock takes any token',
  title: 'With a token that was never issued there is a 401',
  explain:
    'Checked also on public operations that declare a 401: a caller with a broken token must learn of it.',
  source: 'security in the document; RFC 6750, section 3.1',
  async probes(operation, session) {
    const expect = refusals(operation, '401');
    const probe = { name: 'with a wrong token', credential: 'wrong', expect, rule: 'wrong-token' } as const;
    return [await session.probe(operation, probe)];
  },
} satisfies Rule;
