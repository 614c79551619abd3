import { serverRule } from '../model/rule.js';
import { asides } from '../scenarios/asides.js';

export default serverRule(asides, {
  id: 'query-token',
  group: 'errors',
  title: 'A token is not taken from the query',
  explain:
    'A token in an address ends up in every log on the way. Tried only on your own servers. The document ' +
    'says that a header carries the token, but not that nothing else may, so this is a note.',
  source: 'RFC 6750, section 2.3; RFC 9700, section 4.3.2',
  check({ query }) {
    if (!query) return undefined;
    const { status } = query.response;
    if (status >= 300) return [];
    return [{ where: 'status', expected: '401', found: String(status), exchange: query, note: true }];
  },
});
