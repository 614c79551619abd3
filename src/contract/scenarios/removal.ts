import { NotApplicable, NotCovered } from '../errors.js';
import type { Scenario } from '../model/rule.js';
import { readerOf } from './change.js';

/** Retrieves what the operation's ordinary request has deleted. */
export const removal: Scenario<void> = {
  name: 'removal',
  priority: 2,
  notOnMock: 'the mock keeps no state',
  async play(operation, session) {
    const read = readerOf(operation, session);
    if (!read || operation.method !== 'DELETE')
      throw new NotApplicable('the operation deletes nothing that can be read');
    const exchange = await session.get(await session.probe(operation, { name: 'as required, no more' }));
    if (exchange.response.status >= 300) throw new NotCovered('nothing was deleted');
    const { path } = exchange.probe;
    await session.send(
      await session.probe(read, {
        name: 'after the DELETE',
        path,
        rule: 'deleted-gone',
        expect: ['404', '410'],
      }),
    );
  },
};
