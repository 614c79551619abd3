import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { apiRequests, fakeApi } from '../../../scripts/test/fake.js';
import { startFleet } from '../../../scripts/test/fleet/start-fleet.js';
import { freePort, startRedis, type TestRedis } from '../../../scripts/test/servers/redis.js';
import { EvEnergy } from '../../index.js';
import { redisStores } from '../../redis/index.js';
import { type Fake, Problem, reset, unavailable } from '../../testing/index.js';
import { ExportError, exportThroughQueue, ndjsonSink, produceExport, workOnExport } from '../index.js';

const SINCE = '2026-06-20';
const UNTIL = '2026-07-02';

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fleet-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function clientOf(fake: Fake, redis: TestRedis, reserve = 0): EvEnergy {
  const stores = redisStores({ redis: redis.url, patience: 10_000 });
  onTestFinished(() => stores.close());
  const { url: baseUrl, clientId, clientSecret } = fake;
  return new EvEnergy({
    baseUrl,
    clientId,
    clientSecret,
    tokenStore: stores.tokens,
    quota: { store: stores.quota, reserve },
    backoff: { initial: 20, max: 200 },
  });
}

/** All logs of the fake from then on, one per line, in the order of EVSE and time. */
function served(fake: Fake): string[] {
  const evses = fake.world.store.collection('/evses', [])?.items ?? [];
  return evses
    .flatMap(({ id }) => fake.world.store.collection('/evses/{}/status_logs', [String(id)])?.items ?? [])
    .filter((log) => String(log.sampled_at) >= SINCE)
    .map((log) => JSON.stringify(log))
    .sort();
}

async function written(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ndjson'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.trimEnd().split('\n')).sort();
}

const tokenRequests = (fake: Fake) => fake.requests.filter(({ endpoint }) => endpoint === 'token').length;

test('Machines that are killed all the time bring each log into the sink once, with one token', {
  timeout: 120_000,
}, async () => {
  const [fake, redis, folder] = [
    await fakeApi({ statusLogs: 500, latency: 40 }),
    await startRedis(),
    await scratch(),
  ];
  fake.faults.randomly({ oneIn: 10, faults: [unavailable(), reset()] });
  const fleet = await startFleet(3, {
    EV_ENERGY_BASE_URL: fake.url,
    EV_ENERGY_CLIENT_ID: fake.clientId,
    EV_ENERGY_CLIENT_SECRET: fake.clientSecret,
    REDIS: redis.url,
    SINK: folder,
  });
  const killing = setInterval(() => fleet.killOne(), 1_500);
  onTestFinished(() => clearInterval(killing));
  await produceExport(clientOf(fake, redis), {
    collection: 'evses.statusLogs',
    since: SINCE,
    until: UNTIL,
    window: 4 * 86_400_000,
    sink: ndjsonSink(folder),
    redis: redis.url,
  });
  // Compare the counts first, since the lists are long.
  const all = served(fake);
  await expect
    .poll(async () => (await written(folder)).length, { timeout: 100_000, interval: 300 })
    .toBe(all.length);
  expect(await written(folder)).toEqual(all);
  expect(tokenRequests(fake)).toBe(1);
  expect(fleet.killed).toBeGreaterThan(0);
  expect(fleet.complaints).toBe('');
});

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

test('A window that the API refuses stays in the list of those that failed, and the others are done', async () => {
  const [fake, redis, folder] = [await fakeApi(), await startRedis(), await scratch()];
  const problem = new Problem(403, 'Forbidden', 'Not this one.');
  const evse = String(fake.world.store.collection('/evses', [])?.items[0]?.id);
  fake.faults.plan(({ url }) => (url.pathname.includes(evse) ? { kind: 'problem', problem } : undefined));
  const error = await exportThroughQueue(clientOf(fake, redis), {
    collection: 'evses.statusLogs',
    since: SINCE,
    until: UNTIL,
    cadence: 600,
    sink: ndjsonSink(folder),
    redis: redis.url,
  }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ExportError);
  expect(String(error)).toMatch(/windows failed, and stay in the queue's list .*Not this one/);
  expect(await written(folder)).toEqual(served(fake).filter((line) => !line.includes(evse)));
});

test('A Redis that cannot be used is refused before anything is sent', async () => {
  const [fake, folder] = [await fakeApi(), await scratch()];
  const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
  const options = { collection: 'evses.statusLogs', since: SINCE, sink: ndjsonSink(folder) };
  for (const redis of [`redis://127.0.0.1:${await freePort()}`, 'http://127.0.0.1:1'])
    await expect(exportThroughQueue(ev, { ...options, redis })).rejects.toThrow(/^redis: /);
  expect(fake.requests).toEqual([]);
});
