import { NotApplicable, NotCovered } from '../errors.js';
import type { Exchange } from '../model/exchange.js';
import type { Scenario } from '../model/rule.js';
import { wholePage } from '../probe/make-probe.js';

/** Asks the same again; a third time when the second answer is another, as it may just have changed. */
export const repeat: Scenario<readonly Exchange[]> = {
  name: 'repeat',
  priority: 3,
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
    if (second.response.body === first.response.body) return [first, second];
    return [first, second, await session.send(again)];
  },
};
