/** A fake in its own process, so that only the client's work is traced. It sends its address to its parent. */
import { rateLimited, staleToken, startFake } from '../../src/testing/index.js';

const fake = await startFake({ record: false });
process.send?.({ baseUrl: fake.url, tokens: [fake.token, fake.issueToken()] });
process.on('message', (message) => {
  if (message === 'refuse twice') fake.faults.next(staleToken()).next(rateLimited(0));
  process.send?.('done');
});
process.on('disconnect', () => fake.close());
