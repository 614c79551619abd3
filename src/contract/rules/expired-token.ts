import { NotApplicable, NotCovered } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { refusals } from '../probe/refusal.js';

export default {
  id: 'expired-token',
  on: 'probe',
  group: 'errors',
  priority: 4,
  notOnMock: 'the mock takes any token',
  title: 'With an expired token there is a 401',
  explain:
    'The token is given by EV_ENERGY_EXPIRED_TOKEN. A token that still works after its end outlives the access ' +
    'that it stands for.',
  source: 'security in the document; RFC 6750, section 3.1',
  async probes(operation, session) {
    if (operation.public) throw new NotApplicable('the operation is public');
    const expect = refusals(operation, '401');
    if (session.target.tokens.expired === undefined) {
      throw new NotCovered('no expired token is known: set EV_ENERGY_EXPIRED_TOKEN');
    }
    const probe = {
      name: 'with an expired token',
      credential: 'expired',
      expect,
      rule: 'expired-token',
    } as const;
    return [await session.probe(operation, probe)];
  },
} satisfies Rule;
