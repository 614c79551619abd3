import { NotApplicable, NotCovered } from '../errors.js';
import type { Exchange } from '../model/exchange.js';
import type { Scenario } from '../model/rule.js';
import { wholePage } from '../probe/make-probe.js';

/** Consecutive answers to one request. */
export interface Repeated {
  exchanges: readonly Exchange[];
  /** Milliseconds that the readings after the first took. */
  time: number;
}

/** Number of readings if the second differs from the first: enough to see what changes every time. */
const READINGS = 6;

/** Repeats a request; several times if the answer differs from an earlier one, to see whether that goes on. */
export const repeat: Scenario<Repeated> = {
  name: 'repeat',
  priority: 3,
  requests: ({ method }) => (method === 'GET' ? 1 : 0),
  confirmed: true,
  notOnMock: 'the mock answers with fixed examples',
  async play(operation, session) {
    if (operation.method !== 'GET') throw new NotApplicable('the operation does not read');
    const probe = await session.probe(operation, wholePage(operation));
    const first = await session.get(probe);
    const { status } = first.response;
    if (status >= 300 && status < 400) throw new NotApplicable('the operation redirects');
    if (status !== 200) throw new NotCovered('the operation gave no answer to repeat');
    const again = { ...probe, name: `${probe.name}, again` };
    const second = await session.send(again);
    // What alternates may be the same in the first answer and in this one, but not in all that came between.
    const other = session
      .earlier(second)
      .find(({ response }) => response.status === 200 && response.body !== second.response.body);
    const exchanges = [other ?? first, second];
    const started = session.now();
    while (other && exchanges.length < READINGS) exchanges.push(await session.send(again));
    return { exchanges, time: session.now() - started };
  },
};
