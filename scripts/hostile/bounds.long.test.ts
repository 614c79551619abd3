import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { trace } from '../../src/contract/exchange/trace.js';
import { expectBounded } from './bounded.js';
import { GROWING } from './sizes.js';

describe.each([120_000, 1_200_000])('of %i characters what is shown is bounded', (size) => {
  it.each(GROWING)('%s', async (_, act) => expectBounded(await act(size)));
});

it('an answer to TRACE is read to a limit', async () => {
  const server = createServer((_, response) => {
    for (let sent = 0; sent < 80; sent += 1) response.write(new Uint8Array(2 ** 20));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const asked = trace({ method: 'TRACE', url: `http://127.0.0.1:${port}/`, headers: {} }, 20_000);
  await expect(asked).rejects.toThrow('more than 64 MB');
  server.closeAllConnections();
  server.close();
});
