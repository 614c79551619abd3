import { rateLimit } from '../exchange/rate-limit.js';
import type { Exchange } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';
import type { Finding } from '../model/violation.js';

const WHERE = 'header X-RateLimit-Remaining';

/** Number of consecutive answers with the same count that is worth reporting. */
const STILL = 5;
/** As the hour rolls, the count rises now and then. More than one rise per this many answers is worth reporting. */
const RISES = 4;
/** If two callers see the same few numbers in this many answers, nobody counts their requests. */
const MANY = 10;
const FEW = 2;

export default {
  id: 'rate-limit-counts',
  on: 'sequence',
  group: 'headers',
  notOnMock: 'the mock counts no requests',
  title: 'What is left of the rate limit counts down',
  explain:
    'Looks at the answers of one operation. The number may rise where requests of an hour ago expire, and stand ' +
    'still where as many expire as are sent, since the hour rolls and others may share it: both are notes. Where ' +
    'callers with and without a token see the same one or two numbers all along, nobody counts.',
  source: 'the rate limit headers in the document',
  check(exchanges) {
    const all = exchanges.flatMap((exchange) => {
      const { remaining } = rateLimit(exchange.response);
      return exchange.response.status !== 429 && remaining !== undefined ? [{ exchange, remaining }] : [];
    });
    const counted = all.filter(({ exchange }) => exchange.probe.credential === 'token');
    if (counted.length < STILL) return undefined;
    return [...uncounted(all, counted), ...still(counted), ...rising(counted)].slice(0, 1);
  },
} satisfies Rule;

type Counted = readonly { exchange: Exchange; remaining: number }[];

/** Two callers with separate limits have separate hours, so they can't see the same one or two numbers all along. */
function uncounted(all: Counted, own: Counted): Finding[] {
  const others = all.filter((one) => !own.includes(one) && one.exchange.response.status < 400);
  const seen = new Set(own.map(({ remaining }) => remaining));
  const shared = others.every(({ remaining }) => seen.has(remaining));
  const last = others.at(-1);
  const limits = new Set([last, own[0]].map((one) => one && rateLimit(one.exchange.response).limit));
  if (!last || !shared || limits.size < 2 || all.length < MANY || seen.size > FEW) return [];
  const numbers = [...seen].join(' or ');
  const found = `${numbers} in ${all.length} answers, with a token and without`;
  return [{ where: WHERE, expected: 'a number that falls', found, exchange: last.exchange }];
}

function still(counted: Counted): Finding[] {
  const at = counted.findIndex((_, index) => {
    const run = counted.slice(index, index + STILL);
    return run.length === STILL && run.every(({ remaining }) => remaining === run[0]?.remaining);
  });
  const first = counted[at];
  if (!first) return [];
  const found = `${first.remaining} in ${STILL} answers in a row`;
  const { exchange } = counted[at + STILL - 1] ?? first;
  return [{ where: WHERE, expected: 'a number that falls', found, exchange, note: true }];
}

function rising(counted: Counted): Finding[] {
  const rises = counted.filter(
    ({ remaining }, index) => remaining > (counted[index - 1]?.remaining ?? remaining),
  );
  const [first] = rises;
  if (!first || rises.length * RISES <= counted.length) return [];
  const found = `a rise ${rises.length} times in ${counted.length} answers`;
  return [{ where: WHERE, expected: 'a number that falls', found, exchange: first.exchange, note: true }];
}
