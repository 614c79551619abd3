/** A fake in a process of its own, so that only what the client does is traced. Tells its parent where it is. */
import { rateLimited, staleToken, startFake } from '../../src/testing/index.js';

const fake = await startFake({ record: false });
process.send?.({ baseUrl: fake.url, tokens: [fake.token, fake.issueToken()] });
process.on('message', (message) => {
  if (message === 'refuse twice') fake.faults.next(staleToken()).next(rateLimited(0));
  process.send?.('done');
});
process.on('disconnect', () => fake.close());
