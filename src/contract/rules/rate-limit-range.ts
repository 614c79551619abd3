import { rateLimit } from '../exchange/rate-limit.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'rate-limit-range',
  on: 'answer',
  group: 'headers',
  title: 'What is left of the rate limit lies between 0 and the limit',
  explain: 'Callers pace themselves by these two numbers.',
  source: 'the rate limit headers in the document',
  check({ response }) {
    const { limit, remaining } = rateLimit(response);
    if (limit === undefined || remaining === undefined) return undefined;
    if (remaining >= 0 && remaining <= limit) return [];
    return [{ where: 'header X-RateLimit-Remaining', expected: `0 to ${limit}`, found: String(remaining) }];
  },
} satisfies Rule;
