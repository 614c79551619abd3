import { serverRule } from '../model/rule.js';
import { revocation } from '../scenarios/revocation.js';

export default serverRule(revocation, {
  id: 'revoked-token',
  group: 'errors',
  title: 'With a revoked token there is a 401',
  explain:
    'The suite asks for a token of its own, tries it, revokes it and tries it again; only on your own ' +
    'servers. A token that still works after it was revoked is a door that cannot be closed.',
  source: 'RFC 7009, section 2.2; RFC 6750, section 3.1',
  check({ revoked, after }) {
    if (revoked.response.status !== 200) {
      const found = String(revoked.response.status);
      return [{ where: 'status', expected: '200 to the revocation', found, exchange: revoked }];
    }
    const { status } = after.response;
    if (status === 401) return [];
    return [{ where: 'status', expected: '401', found: String(status), exchange: after }];
  },
});
