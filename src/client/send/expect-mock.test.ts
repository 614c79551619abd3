import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { serve } from '../../../scripts/test/http-server.js';
import { EvEnergy } from '../../index.js';

/** A client of the local mock, whose port is another one here: that of the mock may be taken. */
function clientAt(port: number | string, more: object = {}) {
  const sent: string[] = [];
  const ev = new EvEnergy({
    environment: 'mock',
    fetch: (url, init) => {
      sent.push(url);
      return fetch(url.replace(':4010', `:${port}`), init);
    },
    ...more,
  });
  return { ev, sent };
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('where no mock runs, the first attempt fails with the command that starts one', async () => {
  const { ev, sent } = clientAt(await closedPort());
  await expect(ev.withOptions({ timeout: 9_000 }).evseMakes.list()).rejects.toMatchObject({
    name: 'ConfigurationError',
    message:
      'environment: no mock answers at http://127.0.0.1:4010; start one with: npx --no -- ev-energy mock',
  });
  expect(sent).toHaveLength(1);
});

test('a mock whose connection breaks is asked again, as any server is', async () => {
  const server = await serve((_, count) => (count === 1 ? { cut: 'before' } : { body: [] }));
  const { ev, sent } = clientAt(new URL(server.url).port, { backoff: { initial: 1, max: 1 } });
  expect((await ev.evseMakes.list()).data).toEqual([]);
  expect(sent).toHaveLength(2);
});

test('another server that refuses connections is asked again', async () => {
  const sent: string[] = [];
  const ev = new EvEnergy({
    baseUrl: `http://127.0.0.1:${await closedPort()}`,
    backoff: { initial: 1, max: 1 },
    maxRetries: 1,
    fetch: (url, init) => {
      sent.push(url);
      return fetch(url, init);
    },
  });
  await expect(ev.evseMakes.list()).rejects.toThrow(
    /fetch failed \(connect ECONNREFUSED 127\.0\.0\.1:\d+\)$/,
  );
  expect(sent).toHaveLength(2);
});
