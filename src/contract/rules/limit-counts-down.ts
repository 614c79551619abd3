import { rateLimit } from '../exchange/rate-limit.js';
import { serverRule } from '../model/rule.js';
import { exhaust } from '../scenarios/exhaust.js';

export default serverRule(exhaust, {
  id: 'limit-counts-down',
  group: 'headers',
  title: 'Each request takes one from what is left',
  explain: 'Checked with --exhaust, on a server that nobody else calls, within less than an hour.',
  source: 'the rate limit headers in the document',
  check({ exchanges }) {
    const answered = exchanges.filter(({ response }) => response.status !== 429);
    for (const [index, exchange] of answered.entries()) {
      const before = answered[index - 1];
      const left = before && rateLimit(before.response).remaining;
      const remaining = rateLimit(exchange.response).remaining;
      if (left === undefined || remaining === left - 1) continue;
      const found = String(remaining);
      return [{ where: 'header X-RateLimit-Remaining', expected: String(left - 1), found, exchange }];
    }
    return [];
  },
});
