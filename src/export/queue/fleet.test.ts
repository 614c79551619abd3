import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test, vi } from 'vitest';
import { apiRequests, EVSE, fakeApi } from '../../../scripts/test/fake.js';
import { scratch } from '../../../scripts/test/files/scratch.js';
import { clientOf, SINCE, served, UNTIL, written } from '../../../scripts/test/fleet/exported.js';
import { ordeal } from '../../../scripts/test/fleet/ordeal.js';
import { movableAddress } from '../../../scripts/test/servers/address.js';
import { startRedis } from '../../../scripts/test/servers/redis.js';
import { freePort, type RedisServer } from '../../../scripts/test/servers/redis-server.js';
import { EvEnergy, QuotaReserveError } from '../../index.js';
import { Problem } from '../../testing/index.js';
import { textOf, timeOf } from '../collection/time.js';
import {
  ExportError,
  exportThroughQueue,
  ndjsonSink,
  planThroughQueue,
  produceExport,
  type QueueOptions,
  workOnExport,
} from '../index.js';
import { windowId } from '../run/window.js';
import { backoff } from './connect.js';

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

test('Machines that begin at the same moment share one export, and all of them come to its end', async () => {
  const latest = new Date();
  const [fake, redis, folder] = [await fakeApi({ latest, latency: 5 }), await startRedis(), await scratch()];
  const options = { collection: 'evses.statusLogs', since: '9d', sink: ndjsonSink(folder), redis: redis.url };
  const done = await Promise.all([1, 2, 3].map(() => exportThroughQueue(clientOf(fake, redis), options)));
  const items = (await written(folder)).length;
  expect(done).toEqual(Array.from(done, () => expect.objectContaining({ parents: 36, items })));
  // All EVSEs' logs until one moment, and none a second time. One has so many that its window is cut.
  const logs = apiRequests(fake).filter(({ path }) => path.includes('status_logs') && !path.includes(EVSE));
  expect(new Set(logs.map(({ query }) => query.get('sampled_at__lte'))).size).toBe(1);
  expect(new Set(logs.map(({ path, query }) => `${path}?${query}`)).size).toBe(logs.length);
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
  expect(await planThroughQueue(clientOf(fake, redis), options)).toMatchObject({ windows: 1 });
  fake.faults.clear();
  expect(await produceExport(clientOf(fake, redis), options)).toMatchObject({ windows: 1 });
  expect(await exportThroughQueue(clientOf(fake, redis), options)).toMatchObject({
    windows: expect.any(Number),
  });
  expect(await written(folder)).toEqual(served(fake));
});

test('An EVSE that is gone is told of once, and keeps no later export from its end', async () => {
  const [fake, redis] = [await fakeApi(), await startRedis()];
  const options = await into(redis);
  const ev = clientOf(fake, redis);
  const problem = new Problem(404, 'Not Found', 'It is gone.');
  fake.faults.plan(({ url }) => (url.pathname.includes(EVSE) ? { kind: 'problem', problem } : undefined));
  await expect(exportThroughQueue(ev, options)).rejects.toThrow(/windows that failed: 1; .*It is gone/);
  fake.world.store.collection('/evses', [])?.remove(EVSE);
  expect(await exportThroughQueue(ev, options)).toMatchObject({ parents: 35, windows: 0 });
});

test('A Redis that cannot be used is refused before anything is sent', async () => {
  const [fake, folder] = [await fakeApi(), await scratch()];
  const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
  const options = { collection: 'evses.statusLogs', since: SINCE, sink: ndjsonSink(folder) };
  const evicting = await startRedis({ maxmemory: '100mb', 'maxmemory-policy': 'allkeys-lru' });
  const replica = await startRedis({ replicaof: `127.0.0.1 ${await freePort()}` });
  const kinds = [
    [`redis://127.0.0.1:${await freePort()}`, 'ECONNREFUSED'],
    ['http://127.0.0.1:1', 'is not a redis:// or rediss:// URL'],
    [evicting.url, 'maxmemory-policy allkeys-lru'],
    [replica.url, 'it is a replica'],
    [7 as never, 'is not a string'],
    [new URL(fake.url).origin.replace('http:', 'redis:'), 'speaks another protocol than that of Redis'],
  ] as const;
  await Promise.all(
    kinds.map(([redis, why]) =>
      expect(exportThroughQueue(ev, { ...options, redis })).rejects.toThrow(
        expect.objectContaining({ message: expect.stringMatching(new RegExp(`^redis: .*${why}`)) }),
      ),
    ),
  );
  for (const silence of [-1, 0, 1e12, 'x' as never])
    await expect(exportThroughQueue(ev, { ...options, redis: replica.url, silence })).rejects.toThrow(
      /^silence: \S+ is not a number of milliseconds from 100 to/,
    );
  expect(fake.requests).toEqual([]);
});

test('An export whose connections to Redis break, as where another takes over, queues all windows', async () => {
  const [fake, redis] = [await fakeApi(), await startRedis()];
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  let breaks = 0;
  const breaking = setInterval(async () => {
    if (breaks > 12) clearInterval(breaking);
    breaks += Number(await client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes').catch(() => 0));
  }, 20);
  onTestFinished(() => clearInterval(breaking));
  const options = { ...(await into(redis)), window: 21_600_000 };
  const plan = await produceExport(new EvEnergy({ baseUrl: fake.url, accessToken: fake.token }), options);
  expect(breaks).toBeGreaterThan(5);
  const queue = new Queue('export-evses.statusLogs', { prefix: '{ev-energy:queue}', connection: client });
  expect(await queue.getJobCountByTypes('waiting')).toBe(plan.windows);
});

/** Many windows of one parent. */
const ONE_PARENT = { parents: [[EVSE]], window: 21_600_000, concurrency: 4 };

test('An export goes on with the Redis that its address leads to, where the one before has become a replica', async () => {
  const [fake, before, after] = [await fakeApi({ latency: 10 }), await startRedis(), await startRedis()];
  const [address, folder] = [await movableAddress(before.port), await scratch()];
  const redis = { ...before, url: address.url };
  const options = await into(redis, { sink: ndjsonSink(folder), ...ONE_PARENT });
  const running = exportThroughQueue(clientOf(fake, redis), options);
  await expect.poll(() => apiRequests(fake).length, { timeout: 10_000 }).toBeGreaterThan(5);
  address.leadTo(after.port);
  const client = new Redis(before.url);
  onTestFinished(() => client.disconnect());
  await client.replicaof('127.0.0.1', await freePort());
  await running;
  expect(await written(folder)).toEqual(served(fake).filter((log) => log.includes(EVSE)));
});

test('A Redis that is full has the export wait, which keeps the pages that it has, and says so', async () => {
  const [fake, redis, folder] = [await fakeApi({ latency: 10 }), await startRedis(), await scratch()];
  const said: string[] = [];
  const logger = { ...console, warn: (text: string) => void said.push(text) };
  const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token, maxRetries: 0, logger });
  const options = await into(redis, { sink: ndjsonSink(folder), ...ONE_PARENT });
  const running = exportThroughQueue(ev, options);
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  await expect.poll(() => apiRequests(fake).length, { timeout: 10_000 }).toBeGreaterThan(5);
  await client.config('SET', 'maxmemory', '1mb');
  await expect.poll(() => said, { timeout: 10_000 }).toHaveLength(1);
  await client.config('SET', 'maxmemory', '0');
  await running;
  expect(said[0]).toMatch(/can't serve at the moment: OOM .* The export waits for it, and then goes on$/);
  expect(await written(folder)).toEqual(served(fake).filter((log) => log.includes(EVSE)));
  const addresses = apiRequests(fake).map(({ path, query }) => `${path}?${query}`);
  expect(addresses.length - new Set(addresses).size).toBeLessThanOrEqual(4);
});

test('A policy by which Redis would drop data if it had a limit is nothing to complain of without one', async () => {
  const [fake, redis] = [await fakeApi(), await startRedis({ 'maxmemory-policy': 'allkeys-lru' })];
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  onTestFinished(() => warn.mockRestore());
  await exportThroughQueue(clientOf(fake, redis), { ...(await into(redis)), parents: [[EVSE]] });
  expect(warn.mock.calls).toEqual([]);
});

/** The options of an export into a folder of its own. */
async function into(redis: RedisServer, more: Partial<QueueOptions> = {}): Promise<QueueOptions> {
  const sink = ndjsonSink(await scratch());
  const options = { collection: 'evses.statusLogs', since: SINCE, until: UNTIL, cadence: 600 };
  return { ...options, sink, redis: redis.url, ...more };
}

test('Another sink, query, server or application is refused by the queue of an export, and does not get nothing', async () => {
  const [fake, redis] = [await fakeApi(), await startRedis()];
  const ev = clientOf(fake, redis);
  const options = await into(redis);
  await produceExport(ev, options);
  const sent = fake.requests.length;
  const stranger = new EvEnergy({ baseUrl: fake.url, clientId: 'another', clientSecret: 'x' });
  const elsewhere = new EvEnergy({ baseUrl: 'http://127.0.0.1:9/v2', accessToken: 'x' });
  const unlike: [EvEnergy, Partial<QueueOptions>, RegExp][] = [
    [ev, { query: { expand: ['evse'] } }, /\(query: {}, not {"expand":\["evse"\]}\)/],
    [ev, { sink: ndjsonSink(await scratch()) }, /\(sink: ndjson files of [\w-]+, not ndjson files of a new/],
    [ev, { sink: () => {} }, /\(sink: ndjson files of [\w-]+, not a sink without a name\)/],
    [stranger, {}, /\(application: http\S+ fake-client, not http\S+ another\)/],
    [elsewhere, {}, /\(server: http.*, not http:\/\/127.0.0.1:9\/v2\)/],
  ];
  for (const [client, more, message] of unlike) {
    for (const start of [produceExport, planThroughQueue, exportThroughQueue])
      await expect(start(client, { ...options, ...more })).rejects.toThrow(message);
    const { collection, sink, redis: url, query } = { ...options, ...more };
    await expect(workOnExport(client, { collection, sink, redis: url, query })).rejects.toThrow(message);
  }
  expect(fake.requests).toHaveLength(sent);
  const other = await into(redis, { prefix: 'other:' });
  expect(await exportThroughQueue(ev, other)).toMatchObject({ items: served(fake).length });
});

test('A worker that began before the export says so when the windows are for another sink', async () => {
  const [fake, redis] = [await fakeApi(), await startRedis()];
  const ev = clientOf(fake, redis);
  const [collection, sink] = ['evses.statusLogs', ndjsonSink(await scratch())];
  const work = workOnExport(ev, { collection, sink, redis: redis.url });
  const refused = expect(work).rejects.toThrow(
    /^redis: .* is that of another export \(sink: .*; give another prefix/,
  );
  const options = await into(redis);
  await produceExport(ev, options);
  await refused;
  // The windows that it took go to others.
  expect(await exportThroughQueue(ev, options)).toMatchObject({ windows: 36 });
});

test('Wrong credentials, or a reserve that is never released, end a worker with one clear error, and its windows go to others', async () => {
  const [fake, redis] = [await fakeApi(), await startRedis()];
  const options = await into(redis);
  const { collection, sink, redis: url } = options;
  await produceExport(clientOf(fake, redis), options);
  const { url: baseUrl, clientId } = fake;
  const strangers = [
    new EvEnergy({ baseUrl, clientId, clientSecret: 'wrong', maxRetries: 0 }),
    new EvEnergy({ baseUrl, clientId: 'nobody', clientSecret: 'wrong', maxRetries: 0 }),
    new EvEnergy({ baseUrl, accessToken: 'wrong', maxRetries: 0 }),
    new EvEnergy({ baseUrl }),
    clientOf(fake, redis, 1_000_000),
  ];
  const messages = [
    /invalid_client/,
    /application: .* nobody/,
    /401/,
    /needs a token/,
    /not below the limit/,
  ];
  for (const [index, message] of messages.entries()) {
    const stranger = strangers[index] as EvEnergy;
    await expect(workOnExport(stranger, { collection, sink, redis: url })).rejects.toThrow(message);
    await expect(exportThroughQueue(stranger, { ...options, parents: [[EVSE]] })).rejects.toThrow(message);
  }
  expect(await exportThroughQueue(clientOf(fake, redis), options)).toMatchObject({ windows: 36 });
});

test('A window that fails waits longer each time, a minute at most', () => {
  expect(backoff(1)).toBeLessThanOrEqual(250);
  for (const failures of [9, 50, 100]) {
    expect(backoff(failures)).toBeGreaterThanOrEqual(30_000);
    expect(backoff(failures)).toBeLessThanOrEqual(60_000);
  }
});

test('An export that is told to stop when the quota is empty ends with its error, with a queue too', async () => {
  const [fake, redis] = [await fakeApi({ rateLimit: 20 }), await startRedis()];
  const options = await into(redis, { whenEmpty: 'stop' });
  await expect(exportThroughQueue(clientOf(fake, redis, 5), options)).rejects.toThrow(QuotaReserveError);
  expect(apiRequests(fake)).toHaveLength(15);
  // A pause that another machine has called for holds for this one too, whatever its own client knows.
  const queue = new Queue('export-evses.statusLogs', {
    connection: { host: '127.0.0.1', port: redis.port },
    prefix: '{ev-energy:queue}',
  });
  onTestFinished(() => queue.close());
  await queue.rateLimit(60_000);
  const alone = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
  await expect(exportThroughQueue(alone, { ...options, parents: [[EVSE]] })).rejects.toThrow(
    /^no request is left .* the queue is paused until 20/,
  );
  expect(apiRequests(fake)).toHaveLength(15);
});

test('What somebody else has put into a key of the export in Redis is named, with what to do about it', async () => {
  const [fake, server] = [await fakeApi(), await startRedis()];
  const redis = new Redis(server.url);
  onTestFinished(() => redis.disconnect());
  const window = {
    parent: [EVSE],
    from: textOf(timeOf('since', SINCE)),
    until: textOf(timeOf('until', UNTIL)),
  };
  const pages = `pages:${windowId(window)}`;
  const foreign: [string, (key: string) => Promise<unknown>][] = [
    ['covered', (key) => redis.set(key, 'x')],
    ['covered', (key) => redis.hset(key, EVSE, 'hunter2')],
    ['run', (key) => redis.set(key, '{"since":"hunter2"}')],
    ['run', (key) => redis.set(key, 'hunter2')],
    ['run', (key) => redis.lpush(key, 'x')],
    ['owner', (key) => redis.set(key, 'hunter2')],
    ['counts', (key) => redis.set(key, 'x')],
    ['counts', (key) => redis.hset(key, 'items', 'hunter2')],
    [pages, (key) => redis.rpush(key, '{"items":5}')],
    [pages, (key) => redis.rpush(key, 'null')],
  ];
  const options = { ...(await into(server)), parents: [[EVSE]] };
  for (const [name, write] of foreign) {
    const key = `ev-energy:export:{evses.statusLogs}:${name}`;
    await write(key);
    await expect(exportThroughQueue(clientOf(fake, server), options)).rejects.toThrow(
      `redis: ${key} holds something other than an export's records; delete it, or give another prefix`,
    );
    await redis.del(key);
  }
  const queue = '{ev-energy:queue}:export-evses.statusLogs:';
  for (const key of ['wait', 'failed', 'meta'].map((name) => queue + name)) {
    await redis.set(key, 'hunter2');
    await expect(exportThroughQueue(clientOf(fake, server), options)).rejects.toThrow(
      `redis: ${queue}… holds something else; delete it, or give another prefix`,
    );
    await redis.del(key);
  }
  expect(fake.requests).toEqual([]);
});

test('A job that somebody else has put into the queue is told of, and costs no log', async () => {
  const [fake, redis, folder] = [await fakeApi(), await startRedis(), await scratch()];
  const queue = new Queue('export-evses.statusLogs', {
    connection: { host: '127.0.0.1', port: redis.port },
    prefix: '{ev-energy:queue}',
  });
  onTestFinished(() => queue.close());
  await queue.add('foreign', { window: { parent: 'hunter2' } }, { attempts: 100 });
  const options = { ...(await into(redis, { sink: ndjsonSink(folder) })), parents: [[EVSE]] };
  await expect(exportThroughQueue(clientOf(fake, redis), options)).rejects.toThrow(
    /the first: a job of the queue is not a window of an export: remove it, or give another prefix$/,
  );
  expect((await written(folder)).length).toBeGreaterThan(0);
});
