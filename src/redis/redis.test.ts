import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cluster, Redis } from 'ioredis';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { EVSE, fakeApi } from '../../scripts/test/fake.js';
import { serve } from '../../scripts/test/http-server.js';
import { startRedis } from '../../scripts/test/servers/redis.js';
import { freePort } from '../../scripts/test/servers/redis-server.js';
import { EvEnergy, type Logger, type QuotaBucket, QuotaReserveError } from '../index.js';
import type { Fake } from '../testing/index.js';
import { Connection } from './connection.js';
import { type RedisStoresOptions, RedisUnavailableError, redisStores } from './index.js';
import { openRedis } from './open.js';
import { redisQuota } from './quota-store.js';

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };
const HOUR = 3_600_000;

function storesFor(options: RedisStoresOptions) {
  const stores = redisStores({ logger: silent, ...options });
  onTestFinished(() => stores.close());
  return stores;
}

/** A client like a separate program's, with its own connection. */
function program(fake: Fake, options: RedisStoresOptions, reserve = 0) {
  const stores = storesFor(options);
  const { url: baseUrl, clientId, clientSecret } = fake;
  const quota = { store: stores.quota, reserve };
  return new EvEnergy({
    baseUrl,
    clientId,
    clientSecret,
    tokenStore: stores.tokens,
    quota,
    maxRetries: 0,
    timeout: 5_000,
  });
}

const call = (ev: EvEnergy) => ev.evses.statusLogs.list(EVSE, { page_size: 1 }).then();
const tokenRequests = (fake: Fake) => fake.requests.filter(({ endpoint }) => endpoint === 'token').length;

test('Programs with the same Redis fetch one token, keep one reserve together, and are never refused', async () => {
  const [redis, fake] = [await startRedis(), await fakeApi({ rateLimit: 60 })];
  const programs = [1, 2, 3].map(() => program(fake, { redis: redis.url }, 20));
  const calls = Array.from({ length: 90 }, (_, index) => call(programs[index % 3] as EvEnergy));
  const results = await Promise.allSettled(calls);
  expect(tokenRequests(fake)).toBe(1);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(reasons.filter((reason) => !(reason instanceof QuotaReserveError))).toEqual([]);
  expect(fake.requests.filter(({ status }) => status === 429)).toEqual([]);
});

test('A token that ends is renewed by one of the programs; Redis that lost all costs one more', async () => {
  const [redis, fake] = [await startRedis(), await fakeApi()];
  const programs = [1, 2, 3].map(() => program(fake, { redis: redis.url }));
  await Promise.all(programs.map(call));
  fake.world.tokens.expireAll();
  await Promise.all(programs.map(call));
  expect(tokenRequests(fake)).toBe(2);
  await redis.kill();
  await redis.start({ empty: true });
  await Promise.all([...programs, program(fake, { redis: redis.url })].map(call));
  expect(tokenRequests(fake)).toBe(3);
});

test('A program that ends right after its only request keeps no other one waiting', async () => {
  const [redis, fake] = [await startRedis(), await fakeApi()];
  const first = redisStores({ redis: redis.url, logger: silent });
  const ev = new EvEnergy({
    baseUrl: fake.url,
    accessToken: fake.token,
    quota: { store: first.quota, account: 'a' },
  });
  await call(ev);
  await first.close();
  const { quota } = storesFor({ redis: redis.url });
  await call(
    new EvEnergy({ baseUrl: fake.url, accessToken: fake.token, quota: { store: quota, account: 'a' } }),
  );
  expect(fake.requests).toHaveLength(2);
}, 5_000);

test('A restart of Redis is waited for, and what it had is there', async () => {
  // Without it Redis may put off writing to its file while the disk is busy, and lose what it has said to have kept.
  const [redis, fake] = [await startRedis({ appendfsync: 'always' }), await fakeApi()];
  const ev = program(fake, { redis: redis.url });
  await call(ev);
  await redis.kill();
  const waiting = call(ev);
  await redis.start();
  await waiting;
  await call(program(fake, { redis: redis.url }));
  expect(tokenRequests(fake)).toBe(1);
});

test('A lock whose holder was killed is free again after its lease, and not before', async () => {
  const redis = await startRedis();
  const { tokens } = storesFor({ redis: redis.url });
  const other = new Redis(redis.url);
  onTestFinished(() => other.disconnect());
  await other.set('ev-energy:token:{a}:lock', 'somebody who is dead', 'PX', 300);
  const began = Date.now();
  await tokens.lock('a', async () => {});
  expect(Date.now() - began).toBeGreaterThan(200);
  expect(await other.exists('ev-energy:token:{a}:lock')).toBe(0);
});

test('All keys begin with the prefix, end by themselves, and lie on one part of a cluster for each script', async () => {
  const [redis, fake] = [await startRedis(), await fakeApi()];
  await call(program(fake, { redis: redis.url, prefix: 'fleet:' }, 1));
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  await expect.poll(() => client.zcard('fleet:none')).toBe(0);
  const keys = await client.keys('*');
  expect(keys.length).toBeGreaterThan(1);
  for (const key of keys) {
    expect(key).toMatch(/^fleet:(token|quota):\{[^{}]+\}(:\w+)?$/);
    expect(await client.pttl(key)).toBeGreaterThan(0);
  }
});

test('A connection that is ended between two tries to connect tells its end, and so does one that is made of it', async () => {
  const redis = openRedis(`redis://127.0.0.1:${await freePort()}`, () => 60_000);
  redis.on('error', () => {});
  const other = redis.duplicate();
  other.on('error', () => {});
  for (const connection of [redis, other]) {
    await expect.poll(() => connection.status).toBe('reconnecting');
    const waiting = expect(connection.get('a')).rejects.toThrow('Connection is closed');
    const ended = once(connection, 'end');
    connection.disconnect();
    await ended;
    await waiting;
  }
});

test('Programs share token and quota in a cluster too, which is refused by the address of one of its nodes', async () => {
  const redis = await startRedis({
    'cluster-enabled': 'yes',
    'cluster-announce-ip': '127.0.0.1',
    'cluster-port': String(await freePort()),
  });
  const fake = await fakeApi({ rateLimit: 12 });
  const node = new Redis(redis.url);
  onTestFinished(() => node.disconnect());
  await node.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383);
  await expect.poll(() => node.cluster('INFO'), { timeout: 10_000 }).toContain('cluster_state:ok');
  await expect(storesFor({ redis: redis.url }).check()).rejects.toThrow(
    /^redis: 127\.0\.0\.1:\d+ can't be used: it is part of a cluster; give a Cluster of ioredis/,
  );
  const cluster = () => {
    const made = new Cluster([{ host: '127.0.0.1', port: redis.port }]);
    onTestFinished(() => made.disconnect());
    return made;
  };
  await storesFor({ redis: cluster() }).check();
  const programs = [1, 2].map(() => program(fake, { redis: cluster() }, 2));
  const calls = await Promise.allSettled(programs.flatMap((ev) => Array.from({ length: 8 }, () => call(ev))));
  const failed = calls.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(failed).toHaveLength(6);
  for (const error of failed) expect(error).toBeInstanceOf(QuotaReserveError);
  expect(tokenRequests(fake)).toBe(1);
  expect(await node.keys('*')).toContainEqual(expect.stringMatching(/^ev-energy:quota:\{.*\}:sent$/));
});

describe('While Redis is away', () => {
  test('a request fails, and nothing is sent', async () => {
    const [redis, fake] = [await startRedis(), await fakeApi()];
    const ev = program(fake, { redis: redis.url, patience: 1_000 });
    await call(ev);
    await redis.kill();
    const sent = fake.requests.length;
    const error = await call(ev).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RedisUnavailableError);
    expect(String(error)).toMatch(/Redis at 127\.0\.0\.1:\d+ .*; see that it runs and can be reached/);
    expect(fake.requests).toHaveLength(sent);
  });

  test('a program that may go on alone does, says so once, and takes part again when it is back', async () => {
    const [redis, fake] = [await startRedis(), await fakeApi()];
    const told: string[] = [];
    const logger = { ...silent, warn: (text: string) => void told.push(text) };
    const ev = program(fake, { redis: redis.url, patience: 600, onUnavailable: 'alone', logger }, 5);
    await call(ev);
    await redis.kill();
    fake.world.tokens.expireAll();
    await call(ev);
    await call(ev);
    await redis.start();
    await expect
      .poll(
        async () => {
          fake.world.tokens.expireAll();
          await call(ev);
          return told.map((text) => text.replace(/.*(goes on alone|shares .* again).*/, '$1'));
        },
        { timeout: 5_000 },
      )
      .toEqual(['goes on alone', 'shares tokens and quota again']);
  });
});

test('Redis that takes no writes counts as away, and nobody is told to delete keys', async () => {
  const [redis, fake] = [await startRedis(), await fakeApi()];
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  await call(program(fake, { redis: redis.url }));
  await client.config('SET', 'min-replicas-to-write', '1');
  await expect(storesFor({ redis: redis.url }).check()).rejects.toThrow(
    /^redis: Redis at 127\.0\.0\.1:\d+ can't serve at the moment: NOREPLICAS .*write$/,
  );
  await expect(call(program(fake, { redis: redis.url }))).rejects.toThrow(RedisUnavailableError);
  const told: string[] = [];
  const logger = { ...silent, warn: (text: string) => void told.push(text) };
  const alone = program(fake, { redis: redis.url, onUnavailable: 'alone', logger });
  for (let calls = 0; calls < 3; calls += 1) {
    await call(alone);
    // It still reads, which doesn't mean that it is back.
    fake.world.tokens.expireAll();
  }
  expect(told).toEqual([expect.stringMatching(/NOREPLICAS .* goes on alone/)]);
});

describe('A bucket', () => {
  /** Buckets of several programs, on the test's own clock. */
  async function buckets(rules = { reserve: 0, pace: false }, count = 2) {
    const redis = await startRedis();
    const clock = { now: Date.UTC(2026, 0, 1) };
    const all = Array.from({ length: count }, () => {
      const client = new Redis(redis.url);
      onTestFinished(() => client.disconnect());
      const settings = { now: () => clock.now, silence: 60_000 };
      return redisQuota(new Connection(client, 5_000), 'q:', settings).bucket('a', 'http://b', rules, silent);
    });
    return { redis, clock, all: all as [QuotaBucket, QuotaBucket] };
  }

  interface Program {
    readonly client: Redis;
    readonly bucket: QuotaBucket;
  }

  const send = async (bucket: QuotaBucket, limit: number, left: number) =>
    bucket.settle(await bucket.admit(undefined), limit, left, true);

  test('holds the place of a slow request as long as its program lives, and then counts it as sent', async () => {
    const redis = await startRedis();
    const silence = 300;
    const [slow, other] = [new Redis(redis.url), new Redis(redis.url)].map((client) => {
      onTestFinished(() => client.disconnect());
      const store = redisQuota(new Connection(client, 5_000), 'q:', { silence });
      return { client, bucket: store.bucket('a', 'http://b', { reserve: 0, pace: false }, silent) };
    }) as [Program, Program];
    await send(slow.bucket, 4, 2);
    await slow.bucket.admit(undefined);
    const last = await other.bucket.admit(undefined);
    other.bucket.settle(last, 4, 1, true);
    const waiting = other.bucket.admit(AbortSignal.timeout(3 * silence));
    await expect(waiting).rejects.toThrow(/timeout/);
    // Its program has died, as far as others can see.
    slow.client.disconnect();
    await expect(other.bucket.admit(AbortSignal.timeout(10 * silence))).rejects.toThrow(QuotaReserveError);
  });

  test('gets back what a program that died had reserved, once the API tells that it did not count it', async () => {
    const { clock, all } = await buckets();
    const [dead, other] = all;
    await send(dead, 5, 2);
    await dead.admit(undefined);
    clock.now += 61_000;
    // The API hasn't counted it, so that one more is left.
    await send(other, 5, 1);
    await send(other, 5, 0);
    await expect(other.admit(undefined)).rejects.toThrow(QuotaReserveError);
  });

  test('keeps its reserve where a dead program may have sent the last request, for an hour', async () => {
    const { clock, all } = await buckets({ reserve: 2, pace: false });
    const [dead, other] = all;
    await send(dead, 5, 3);
    await dead.admit(undefined);
    clock.now += 61_000;
    await expect(other.admit(undefined)).rejects.toThrow(QuotaReserveError);
    clock.now += HOUR;
    await send(other, 5, 4);
  });

  test('opens again as its requests leave the rolling hour', async () => {
    const { clock, all } = await buckets();
    const [a, b] = all;
    await send(a, 2, 1);
    clock.now += HOUR / 2;
    await send(a, 2, 0);
    const error = await b.admit(undefined).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(QuotaReserveError);
    expect((error as QuotaReserveError).retryAt.getTime()).toBeLessThanOrEqual(clock.now + HOUR / 2 + 10_000);
    clock.now = (error as QuotaReserveError).retryAt.getTime();
    await send(b, 2, 0);
    await expect(a.admit(undefined)).rejects.toThrow(QuotaReserveError);
  });

  test.each([1e20, 1e300, -1e300])(
    'waits for two hours at most, although Redis or the API says %d',
    async (number) => {
      const { redis, clock, all } = await buckets();
      const [a] = all;
      await send(a, number, 0);
      const client = new Redis(redis.url);
      onTestFinished(() => client.disconnect());
      await client.hset('q:quota:{a}', { limit: 1e30, remaining: 0, seen: number });
      await client.del('q:quota:{a}:sent');
      const error = await a.admit(undefined).catch((thrown: unknown) => thrown);
      // A count of long ago says nothing any more.
      if (number < 0) return expect(error).toMatchObject({ sequence: 1 });
      expect(error).toBeInstanceOf(QuotaReserveError);
      expect((error as QuotaReserveError).retryAt.getTime()).toBe(clock.now + 2 * HOUR);
      return expect((error as QuotaReserveError).message).toContain(
        new Date(clock.now + 2 * HOUR).toISOString(),
      );
    },
  );

  test('tells when there is room by the clock of the program, which may be another than that of Redis', async () => {
    const redis = await startRedis();
    const { quota } = storesFor({ redis: redis.url });
    const bucket = quota.bucket('a', '', { reserve: 0, pace: false }, silent);
    bucket.settle(await bucket.admit(undefined), 1, 0, true);
    const real = Date.now();
    vi.spyOn(Date, 'now').mockImplementation(() => real - 5 * 60_000);
    onTestFinished(() => void vi.restoreAllMocks());
    const error = await bucket.admit(undefined).catch((thrown: unknown) => thrown);
    const wait = (error as QuotaReserveError).retryAt.getTime() - (real - 5 * 60_000);
    expect(wait).toBeGreaterThan(HOUR - 60_000);
    expect(wait).toBeLessThan(HOUR + 60_000);
  });

  test('waits a day at most for the pace, whatever Redis says', async () => {
    const { redis, clock, all } = await buckets({ reserve: 0, pace: true });
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    await client.hset('q:quota:{a}', { slot: 1e300 });
    const stop = new AbortController();
    const waiting = all[0].admit(stop.signal).catch((thrown: unknown) => thrown);
    await expect
      .poll(() => client.zrange('q:quota:{a}:open', '0', '-1', 'WITHSCORES'))
      .toEqual([
        expect.stringContaining(` ${(clock.now + 24 * HOUR).toFixed(3)} `),
        String(clock.now + 60_000),
      ]);
    stop.abort(new Error('stopped'));
    expect(String(await waiting)).toContain('stopped');
  });

  test('gives the turns that a program had when it died to the next ones, as if it had never asked', async () => {
    const { redis, clock, all } = await buckets({ reserve: 0, pace: true });
    const [dead, other] = all;
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    const open = () => client.zrange('q:quota:{a}:open', '0', '-1');
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    const ask = (bucket: QuotaBucket) => void bucket.admit(stop.signal).catch(() => {});
    // One a minute: the first goes, the others wait for up to half an hour.
    await send(dead, 61, 60);
    for (let asked = 0; asked < 30; asked += 1) ask(dead);
    await expect.poll(async () => (await open()).length).toBe(30);
    clock.now += 61_000;
    ask(other);
    await expect.poll(async () => (await open()).length).toBe(1);
    const [due = 0] = (await open()).map((ticket) => Number(ticket.split(' ')[1]));
    expect(due - clock.now).toBeGreaterThan(0);
    expect(due - clock.now).toBeLessThanOrEqual(60_000);
    // Two may have been sent: what waited for longer wasn't.
    expect(await client.hget('q:quota:{a}', 'remaining')).toBe('58');
    const sent = Object.values(await client.hgetall('q:quota:{a}:sent')).map(Number);
    expect(sent.reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  test('keeps the turn of a program that Redis has not heard of for a while, as after a restart', async () => {
    const redis = await startRedis();
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    const store = redisQuota(new Connection(client, 5_000), 'q:', { silence: 300 });
    const bucket = store.bucket('a', 'http://b', { reserve: 0, pace: true }, silent);
    await send(bucket, 61, 60);
    await bucket.admit(undefined);
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    bucket.admit(stop.signal).catch(() => {});
    await expect.poll(() => client.zcard('q:quota:{a}:open')).toBe(2);
    const slot = await client.hget('q:quota:{a}', 'slot');
    await client.del('q:quota:{a}:open');
    await client.hset('q:quota:{a}', 'slot', Number(slot) - 60_000);
    await expect.poll(() => client.zcard('q:quota:{a}:open')).toBe(1);
    expect(Number(await client.hget('q:quota:{a}', 'slot'))).toBeCloseTo(Number(slot), -3);
  });

  test('counts what another program has under way', async () => {
    const { all } = await buckets({ reserve: 1, pace: false });
    const [a, b] = all;
    await send(a, 10, 3);
    const [first, second] = [await a.admit(undefined), await b.admit(undefined)];
    const third = b.admit(undefined);
    a.settle(first, 10, 2, true);
    b.settle(second, 10, 1, true);
    await expect(third).rejects.toThrow(QuotaReserveError);
  });

  test('believes a lower count of the server, and not an overtaken higher one', async () => {
    const { all } = await buckets({ reserve: 1, pace: false });
    const [a, b] = all;
    await send(a, 10, 8);
    const [early, late] = [await a.admit(undefined), await b.admit(undefined)];
    b.settle(late, 10, 1, true);
    a.settle(early, 10, 7, true);
    await expect(a.admit(undefined)).rejects.toMatchObject({ remaining: 1 });
  });

  test('takes a request without an answer for spent, until the next answer tells', async () => {
    const { all } = await buckets({ reserve: 1, pace: false });
    const [a] = all;
    await send(a, 10, 3);
    a.settle(await a.admit(undefined), undefined, undefined, false);
    await send(a, 10, 3);
    a.settle(await a.admit(undefined), undefined, undefined, false);
    a.settle(await a.admit(undefined), undefined, undefined, false);
    await expect(a.admit(undefined)).rejects.toMatchObject({ remaining: 1 });
  });

  test('spreads the requests of all programs over the hour together', async () => {
    const { all } = await buckets({ reserve: 0, pace: true });
    const [a, b] = all;
    await send(a, 72_001, 72_000);
    const began = Date.now();
    // One every 50 ms, whoever sends it; the hour's clock stands still, ours goes on.
    await Promise.all([a, b, a, b, a].map((bucket) => bucket.admit(undefined)));
    expect(Date.now() - began).toBeGreaterThan(150);
    expect(Date.now() - began).toBeLessThan(1_000);
  });

  test('whose request is aborted in its wait gives the place to the next', async () => {
    const { all } = await buckets({ reserve: 0, pace: true });
    const [a, b] = all;
    await send(a, 61, 60);
    await a.admit(undefined);
    await expect(a.admit(AbortSignal.timeout(50))).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(b.admit(AbortSignal.timeout(50))).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

/** A key, how somebody else writes it, and what comes upon it. */
type Foreign = [key: string, write: (key: string) => Promise<unknown>, use: () => Promise<unknown>];

describe('A Redis of the wrong kind is refused with one clear error:', () => {
  test('nobody listens', async () => {
    const stores = storesFor({ redis: `redis://:secret1@127.0.0.1:${await freePort()}`, patience: 200 });
    const error = await stores.check().catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/ConfigurationError: redis: Redis at 127\.0\.0\.1:\d+ .*ECONNREFUSED/);
    expect(String(error)).not.toContain('secret1');
  });

  test('something else listens', async () => {
    const server = await serve(() => ({ body: {} }));
    const stores = storesFor({ redis: server.url.replace('http', 'redis'), patience: 300 });
    await expect(stores.check()).rejects.toThrow(
      /^redis: Redis at 127\.0\.0\.1:\d+ speaks another protocol than that of Redis/,
    );
  });

  test('it is a Sentinel', async () => {
    const [folder, port] = [await mkdtemp(join(tmpdir(), 'sentinel-')), await freePort()];
    const file = join(folder, 'sentinel.conf');
    await writeFile(file, `port ${port}\nbind 127.0.0.1\ndir ${folder}\n`);
    const sentinel = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' });
    const ended = once(sentinel, 'exit');
    onTestFinished(async () => {
      sentinel.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true });
    });
    await expect(storesFor({ redis: `redis://127.0.0.1:${port}` }).check()).rejects.toThrow(
      /^redis: 127\.0\.0\.1:\d+ can't be used: it is a Sentinel/,
    );
  });

  test('it wants a password, or its user may not write', async () => {
    const redis = await startRedis();
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    await client.acl('SETUSER', 'reader', 'on', '>hunter2', '~*', '+@read', '+info', '+select');
    await client.config('SET', 'requirepass', 'sesame');
    const refusal = async (url: string) =>
      String(
        await storesFor({ redis: url })
          .check()
          .catch((error: unknown) => error),
      );
    expect(await refusal(redis.url)).toMatch(/^ConfigurationError: redis: 127\.0\.0\.1:\d+ wants a password/);
    expect(await refusal(redis.url.replace('//', '//reader:hunter2@'))).toMatch(
      /^ConfigurationError: redis: 127\.0\.0\.1:\d+ refused: NOPERM/,
    );
  });

  test('it is a replica', async () => {
    const redis = await startRedis();
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    await client.replicaof('127.0.0.1', await freePort());
    await expect(storesFor({ redis: client }).check()).rejects.toThrow(/it is a replica/);
    await client.replicaof('NO', 'ONE');
    await storesFor({ redis: client }).check();
  });

  test('a key of it holds something else, which is named and not shown', async () => {
    const redis = await startRedis();
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    const { tokens, quota } = storesFor({ redis: client, onUnavailable: 'alone' });
    const load = () => tokens.load('a');
    const lock = () => tokens.lock('a', async () => {});
    const bucket = quota.bucket('a', '', { reserve: 0, pace: false }, console);
    const admit = () => bucket.admit(undefined);
    const foreign: Foreign[] = [
      ['token:{a}', (key) => client.lpush(key, 'x'), load],
      ['token:{a}:lock', (key) => client.set(key, 'hunter2'), lock],
      ['quota:{a}', (key) => client.set(key, 'hunter2'), admit],
      ['quota:{a}:open', (key) => client.set(key, 'hunter2'), admit],
      ['quota:{a}:sent', (key) => client.lpush(key, 'hunter2'), admit],
    ];
    for (const [name, write, use] of foreign) {
      const key = `ev-energy:${name}`;
      await write(key);
      const error = await use().catch((thrown: unknown) => thrown);
      expect(String(error)).toMatch(
        /^ConfigurationError: redis: .* holds something else; delete it, or give another prefix$/,
      );
      expect(String(error)).toContain(key);
      expect(String(error)).not.toContain('hunter2');
      await client.del(key);
    }
  });

  test('its tokens are something else', async () => {
    const redis = await startRedis();
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    for (const text of ['hunter2', 'null', '"hunter2"', '[]', '{"accessToken":7}', '{"expiresAt":"never"}']) {
      await client.set('ev-energy:token:{b}', text);
      await expect(storesFor({ redis: client }).tokens.load('b')).rejects.toThrow(
        /^redis: ev-energy:token:\{b\} holds something other than tokens; delete it$/,
      );
    }
  });

  test('what it has counted is no count', async () => {
    const redis = await startRedis();
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    const key = 'ev-energy:quota:{a}';
    for (const [name, write] of [
      [key, () => client.hset(key, 'limit', 5)],
      [key, () => client.hset(key, 'limit', 5, 'remaining', 5, 'seen', 'x')],
      [key, () => client.set(key, 'x')],
      [`${key}:open`, () => client.set(`${key}:open`, 'x')],
      [`${key}:sent`, () => client.hset(`${key}:sent`, 'x', 'y')],
    ] as const) {
      await client.hset(key, 'limit', 5, 'remaining', 5, 'seen', Date.now(), 'learnt', 0);
      await client.del(name);
      await write();
      const bucket = storesFor({ redis: client }).quota.bucket(
        'a',
        'http://a',
        { reserve: 0, pace: true },
        silent,
      );
      const error = await bucket.admit(AbortSignal.timeout(2_000)).catch((thrown: unknown) => thrown);
      // What can't be read is as if it weren't there, or is told with its key.
      if (error instanceof Error)
        expect(String(error)).toBe(
          `ConfigurationError: redis: one of ${key}, ${key}:open, ${key}:sent holds something else; delete it, or give another prefix`,
        );
      await client.flushall();
    }
  });

  test.each([
    [{ redis: 'http://127.0.0.1:1' }, /^redis: is not a redis:/],
    [{ redis: 'redis://127.0.0.1:1/x' }, /^redis: the path of its URL must be a database's number/],
    [{ redis: 'redis://127.0.0.1:1?db=x' }, /^redis: the path of its URL must be a database's number/],
    [{ redis: {} as never }, /^redis: is neither/],
    [{ redis: 'redis://127.0.0.1:1', prefix: '{a}' }, /^prefix: /],
    [{ redis: 'redis://127.0.0.1:1', patience: 0 }, /^patience: /],
    [{ redis: 'redis://127.0.0.1:1', onUnavailable: 'wait' as never }, /^onUnavailable: /],
  ])('%j', (options, message) => {
    expect(() => redisStores(options)).toThrow(message);
  });
});

test('A client with a shared quota is refused where neither its tokens nor `account` say whose requests it counts', () => {
  const { quota } = storesFor({ redis: 'redis://127.0.0.1:1' });
  const options = { baseUrl: 'http://127.0.0.1:1', accessToken: 'abcdef' };
  expect(() => new EvEnergy({ ...options, quota: { store: quota } })).toThrow(/^quota\.account: is missing/);
  new EvEnergy({ ...options, quota: { store: quota, account: 'ours' } });
});
