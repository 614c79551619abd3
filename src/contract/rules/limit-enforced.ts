import { REMAINING_HEADER } from '../../text/conventions.js';
import { rateLimit } from '../exchange/rate-limit.js';
import { serverRule } from '../model/rule.js';
import { exhaust } from '../scenarios/exhaust.js';

export default serverRule(exhaust, {
  id: 'limit-enforced',
  group: 'errors',
  title: 'The limit that is named is the one that holds',
  explain:
    'Checked with --exhaust: as many requests are answered as were left, not one less and not one more, and ' +
    'those after them get a 429 with nothing left.',
  source: 'the rate limit headers and the 429 in the document',
  check({ exchanges }) {
    const [first] = exchanges;
    if (!first) return undefined;
    const left = rateLimit(first.response).remaining ?? 0;
    const refused = exchanges.findIndex(({ response }) => response.status === 429);
    if (refused < 0) {
      const exchange = exchanges.at(-1);
      return [
        {
          where: 'status',
          expected: `429 after ${left + 1} requests`,
          found: `${exchanges.length} answers without`,
          exchange,
        },
      ];
    }
    if (refused !== left + 1) {
      const found = `429 after ${refused}`;
      return [
        { where: 'status', expected: `429 after ${left + 1} requests`, found, exchange: exchanges[refused] },
      ];
    }
    const later = exchanges.slice(refused);
    const answered = later.find(({ response }) => response.status !== 429);
    if (answered) {
      return [
        {
          where: 'status',
          expected: '429, as before',
          found: String(answered.response.status),
          exchange: answered,
        },
      ];
    }
    const wrong = later.find(({ response }) => rateLimit(response).remaining !== 0);
    if (!wrong) return [];
    const found = wrong.response.headers.get(REMAINING_HEADER) ?? 'no such header';
    return [{ where: 'header X-RateLimit-Remaining', expected: '0', found, exchange: wrong }];
  },
});
