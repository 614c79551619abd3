import { rateLimit } from '../exchange/rate-limit.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'rate-limit-steady',
  on: 'sequence',
  group: 'headers',
  title: 'A caller sees one rate limit',
  explain: 'The limit belongs to the caller: it does not change from request to request.',
  source: 'the rate limit headers in the document',
  check(exchanges) {
    const seen = exchanges.filter(
      ({ probe, response }) => probe.credential === 'token' && rateLimit(response).limit !== undefined,
    );
    const [first] = seen;
    if (!first || seen.length < 2) return undefined;
    const { limit } = rateLimit(first.response);
    const other = seen.find(({ response }) => rateLimit(response).limit !== limit);
    if (!other) return [];
    const found = String(rateLimit(other.response).limit);
    return [{ where: 'header X-RateLimit-Limit', expected: `${limit}, as before`, found, exchange: other }];
  },
} satisfies Rule;
