import { NotApplicable, NotCovered } from '../errors.js';
import { rateLimit } from '../exchange/rate-limit.js';
import type { Exchange } from '../model/exchange.js';
import type { ServerScenario } from '../model/rule.js';

/** All answers, from the first one to the last refusal. */
export interface Exhausted {
  exchanges: readonly Exchange[];
}

/** Requests beyond the limit, to detect a server that never refuses. */
const EXTRA = 5;
const MOST = 20_000;

/** Repeats one request until the limit is used up, and a few times more. */
export const exhaust: ServerScenario<Exhausted> = {
  name: 'exhaust',
  priority: 0,
  requests: () => 1000,
  notOnMock: 'the mock counts no requests',
  async play(session) {
    const operation =
      session.contract.operations.find(({ method, path }) => method === 'GET' && !path.includes('{')) ??
      session.contract.operations.find(({ method }) => method === 'GET');
    if (!operation) throw new NotApplicable('the document has no operation that reads');
    const probe = await session.probe(operation, { name: 'again and again', expect: ['2XX', '429'] });
    const first = await session.send(probe);
    const { limit, remaining } = rateLimit(first.response);
    if (limit === undefined || remaining === undefined)
      throw new NotCovered('the answers name no rate limit');
    if (remaining > MOST) throw new NotCovered(`${remaining} requests are left, too many to use up`);
    const exchanges = [first];
    for (let left = remaining + EXTRA; left > 0; left -= 1) exchanges.push(await session.send(probe));
    return { exchanges };
  },
};
