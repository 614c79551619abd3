import { NotApplicable, NotCovered } from '../errors.js';
import type { Exchange } from '../model/exchange.js';
import type { Scenario } from '../model/rule.js';
import { wholePage } from '../probe/make-probe.js';

/** Answers to one request, one after the other. */
export interface Repeated {
  exchanges: readonly Exchange[];
  /** Milliseconds that the readings after the first took. */
  time: number;
}

/** Readings where the second is another than the first: so many show what changes with each of them. */
const READINGS = 6;

/** Asks the same again; several times where the second answer is another, to see whether it goes on like that. */
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
    const exchanges = [first, await session.send(again)];
    const started = session.now();
    const isOther = exchanges[1]?.response.body !== first.response.body;
    while (isOther && exchanges.length < READINGS) exchanges.push(await session.send(again));
    return { exchanges, time: session.now() - started };
  },
};
