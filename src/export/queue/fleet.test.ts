import { expect, onTestFinished, test } from 'vitest';
import { apiRequests, fakeApi } from '../../../scripts/test/fake.js';
import {
  clientOf,
  SINCE,
  scratch,
  served,
  tokenRequests,
  UNTIL,
  written,
} from '../../../scripts/test/fleet/exported.js';
import { ordeal } from '../../../scripts/test/fleet/ordeal.js';
import { startRedis } from '../../../scripts/test/servers/redis.js';
import { freePort } from '../../../scripts/test/servers/redis-server.js';
import { EvEnergy } from '../../index.js';
import { Problem } from '../../testing/index.js';
import { ExportError, exportThroughQueue, ndjsonSink, produceExport, workOnExport } from '../index.js';

test('A program that produces and works ends with all logs, and asks for what is new the next time', async () => {
  const [fake, redis, folder] = [await fakeApi(), await startRedis(), await scratch()];
  const options = {
    collection: 'evses.statusLogs',
    since: SINCE,
    sink: ndjsonSink(folder),
    redis: redis.url,
  };
  const { items, windows } = await exportThroughQueue(clientOf(fake, redis), { ...options, until: UNTIL });
  expect(await written(folder)).toEqual(served(fake));
  expect({ items, windows }).toEqual({ items: served(fake).length, windows: expect.any(Number) });
  const before = apiRequests(fake).length;
  await exportThroughQueue(clientOf(fake, redis), { ...options, until: '2026-07-03' });
  // One page of EVSEs, and one request for each.
  expect(apiRequests(fake).length - before).toBe(1 + 36);
  expect(await written(folder)).toEqual(served(fake));
});

test('Redis that is lost in the middle costs requests, and no log', async () => {
  const [fake, redis, folder] = [await fakeApi({ latency: 10 }), await startRedis(), await scratch()];
  const running = exportThroughQueue(clientOf(fake, redis), {
    collection: 'evses.statusLogs',
    since: SINCE,
    until: UNTIL,
    window: 86_400_000,
    sink: ndjsonSink(folder),
    redis: redis.url,
  });
  await expect.poll(() => apiRequests(fake).length, { timeout: 20_000 }).toBeGreaterThan(60);
  await redis.kill();
  await redis.start({ empty: true });
  await running;
  expect(await written(folder)).toEqual(served(fake));
  expect(tokenRequests(fake)).toBeLessThanOrEqual(2);
});

test('Machines that are killed, a Redis that restarts and one that is lost cost no log, no token too many and no reserve', {
  timeout: 60_000,
}, async () => {
  const { killed, tokens, used, left, refused } = await ordeal({
    machines: 2,
    limit: 130,
    reserve: 20,
    statusLogs: 100,
    latency: 10,
    window: 4 * 86_400_000,
    restartAfter: 15,
    tokensEndAfter: 30,
    lossAfter: 50,
    reservation: 500,
    patience: 20_000,
  });
  expect(killed).toBeGreaterThan(0);
  expect(tokens).toBe(4);
  expect(used).toBeGreaterThanOrEqual(0.97);
  expect(left).toBeGreaterThanOrEqual(20);
  expect(refused).toBeLessThanOrEqual(0.01);
});

test('An empty quota pauses the queue for all, keeps the reserve, and loses nothing', async () => {
  const [fake, redis, folder] = [await fakeApi({ rateLimit: 50 }), await startRedis(), await scratch()];
  const options = { collection: 'evses.statusLogs', sink: ndjsonSink(folder), redis: redis.url };
  await produceExport(clientOf(fake, redis), { ...options, since: SINCE, until: UNTIL, cadence: 600 });
  const stop = new AbortController();
  const workers = [1, 2].map(() =>
    workOnExport(clientOf(fake, redis, 20), { ...options, signal: stop.signal }),
  );
  await expect.poll(() => apiRequests(fake).length, { timeout: 20_000 }).toBe(30);
  const { Queue } = await import('bullmq');
  const queue = new Queue('export-evses.statusLogs', {
    connection: { host: '127.0.0.1', port: redis.port },
    prefix: '{ev-energy:queue}',
  });
  onTestFinished(() => queue.close());
  await expect.poll(() => queue.getRateLimitTtl(), { timeout: 10_000 }).toBeGreaterThan(3_000_000);
  expect(await queue.getJobCountByTypes('waiting', 'active', 'delayed')).toBeGreaterThan(0);
  stop.abort();
  await Promise.all(workers);
  expect(apiRequests(fake)).toHaveLength(30);
});

test('A window that the API refuses stays in the list of those that failed until the next start, and the others are done', async () => {
  const [fake, redis, folder] = [await fakeApi(), await startRedis(), await scratch()];
  const problem = new Problem(403, 'Forbidden', 'Not this one.');
  const evse = String(fake.world.store.collection('/evses', [])?.items[0]?.id);
  fake.faults.plan(({ url }) => (url.pathname.includes(evse) ? { kind: 'problem', problem } : undefined));
  const options = {
    collection: 'evses.statusLogs',
    since: SINCE,
    until: UNTIL,
    cadence: 600,
    sink: ndjsonSink(folder),
    redis: redis.url,
  };
  const error = await exportThroughQueue(clientOf(fake, redis), options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ExportError);
  expect(String(error)).toMatch(/windows that failed: 1; they stay in the queue's list .*Not this one/);
  expect(await written(folder)).toEqual(served(fake).filter((line) => !line.includes(evse)));
  fake.faults.clear();
  expect(await exportThroughQueue(clientOf(fake, redis), options)).toMatchObject({ windows: 1 });
  expect(await written(folder)).toEqual(served(fake));
});

test('A Redis that cannot be used is refused before anything is sent', async () => {
  const [fake, folder] = [await fakeApi(), await scratch()];
  const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
  const options = { collection: 'evses.statusLogs', since: SINCE, sink: ndjsonSink(folder) };
  const evicting = await startRedis({ maxmemory: '100mb', 'maxmemory-policy': 'allkeys-lru' });
  const replica = await startRedis({ replicaof: `127.0.0.1 ${await freePort()}` });
  for (const [redis, why] of [
    [`redis://127.0.0.1:${await freePort()}`, 'ECONNREFUSED'],
    ['http://127.0.0.1:1', 'is not a redis:// or rediss:// URL'],
    [evicting.url, 'maxmemory-policy allkeys-lru'],
    [replica.url, 'it is a replica'],
    [fake.url.replace('http:', 'redis:'), 'speaks another protocol than that of Redis'],
  ] as const)
    await expect(exportThroughQueue(ev, { ...options, redis })).rejects.toThrow(
      expect.objectContaining({ message: expect.stringMatching(new RegExp(`^redis: .*${why}`)) }),
    );
  expect(fake.requests).toEqual([]);
});
