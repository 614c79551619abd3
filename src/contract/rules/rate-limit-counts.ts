import { rateLimit } from '../exchange/rate-limit.js';
import type { Exchange } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';

/** So many answers in a row with the same number mean that nobody counts. */
const STILL = 5;
/** The hour rolls: now and then what is left rises. More often than once in so many answers it doesn't. */
const RISES = 4;

export default {
  id: 'rate-limit-counts',
  on: 'sequence',
  group: 'headers',
  notOnMock: 'the mock counts no requests',
  title: 'What is left of the rate limit counts down',
  explain:
    'Over the requests of one caller to one operation. The hour rolls, so the number may rise now and then, but it may ' +
    'not stand still over a burst, and not rise again and again.',
  source: 'the rate limit headers in the document',
  check(exchanges) {
    const counted = exchanges.flatMap((exchange) => {
      const { remaining } = rateLimit(exchange.response);
      const own = exchange.probe.credential === 'token' && exchange.response.status !== 429;
      return own && remaining !== undefined ? [{ exchange, remaining }] : [];
    });
    if (counted.length < STILL) return undefined;
    return [...still(counted), ...rising(counted)].slice(0, 1);
  },
} satisfies Rule;

type Counted = readonly { exchange: Exchange; remaining: number }[];

function still(counted: Counted) {
  const at = counted.findIndex((_, index) => {
    const run = counted.slice(index, index + STILL);
    return run.length === STILL && run.every(({ remaining }) => remaining === run[0]?.remaining);
  });
  const first = counted[at];
  if (!first) return [];
  const found = `${first.remaining} in ${STILL} answers in a row`;
  const { exchange } = counted[at + STILL - 1] ?? first;
  return [{ where: 'header X-RateLimit-Remaining', expected: 'a number that falls', found, exchange }];
}

function rising(counted: Counted) {
  const rises = counted.filter(
    ({ remaining }, index) => remaining > (counted[index - 1]?.remaining ?? remaining),
  );
  const [first] = rises;
  if (!first || rises.length * RISES <= counted.length) return [];
  const found = `a rise ${rises.length} times in ${counted.length} answers`;
  return [
    {
      where: 'header X-RateLimit-Remaining',
      expected: 'a number that falls',
      found,
      exchange: first.exchange,
    },
  ];
}
