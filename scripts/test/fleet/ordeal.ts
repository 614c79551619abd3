import { Redis } from 'ioredis';
import { expect, onTestFinished } from 'vitest';
import { ndjsonSink, produceExport } from '../../../src/export/index.js';
import { UNLIMITED } from '../../../src/export/queue/connect.js';
import { reset, unavailable } from '../../../src/testing/index.js';
import { apiRequests, fakeApi } from '../fake.js';
import { scratch } from '../files/scratch.js';
import { startRedis } from '../servers/redis.js';
import { clientOf, SINCE, served, tokenRequests, UNTIL, written } from './exported.js';
import { startFleet } from './start-fleet.js';

const HOUR = 3_600_000;

/** What happens to a fleet during its export. */
export interface Ordeal {
  readonly machines: number;
  /** Milliseconds between two machines that are killed with SIGKILL; by default one is killed at each stage. */
  readonly killEvery?: number;
  /** Requests that the API allows an hour, which must not be enough for the whole export. */
  readonly limit: number;
  readonly reserve: number;
  /** Status logs of the EVSE that has the most. */
  readonly statusLogs: number;
  /** Milliseconds of each answer. */
  readonly latency: number;
  /** Milliseconds that a window spans. */
  readonly window: number;
  /** Numbers of requests after which Redis restarts, all tokens end, and Redis loses what it had. */
  readonly restartAfter: number;
  readonly tokensEndAfter: number;
  readonly lossAfter: number;
  /** Milliseconds after which what a killed machine has reserved is free again. Default: a minute. */
  readonly reservation?: number;
  /** Milliseconds that each stage may take. */
  readonly patience: number;
}

/** What came of it. */
export interface Survived {
  readonly killed: number;
  /** Tokens that were fetched: one, one for those that ended, one for the loss, and one for the next hour. */
  readonly tokens: number;
  /** Share of the first hour's requests that were used, of those that the reserve leaves. */
  readonly used: number;
  /** Requests that were left at the end of the first hour. */
  readonly left: number;
  /** Share of the requests that got a 429. */
  readonly refused: number;
  readonly requests: number;
}

/**
 * Exports a fleet's logs by machines that are killed all the time, through an API that fails one in ten requests, and a
 * Redis that restarts and once loses all, until an hour's quota is spent; then through the next hour, to the end. Fails
 * unless each log is in the sink exactly once.
 */
export async function ordeal(given: Ordeal): Promise<Survived> {
  const { limit, reserve, latency, statusLogs, patience } = given;
  let hours = 0;
  const now = () => Date.now() + hours * HOUR;
  const [fake, redis, folder] = [
    await fakeApi({ statusLogs, latency, rateLimit: limit, tokenLifetime: HOUR / 1000, now }),
    // What it says to have kept is there after a restart, however busy the disk is.
    await startRedis({ appendfsync: 'always' }),
    await scratch(),
  ];
  fake.faults.randomly({ oneIn: 10, faults: [unavailable(), reset()] });
  const fleet = await startFleet(given.machines, {
    EV_ENERGY_BASE_URL: fake.url,
    EV_ENERGY_CLIENT_ID: fake.clientId,
    EV_ENERGY_CLIENT_SECRET: fake.clientSecret,
    REDIS: redis.url,
    SINK: folder,
    RESERVE: String(reserve),
    RESERVATION: String(given.reservation ?? ''),
  });
  const killing = given.killEvery && setInterval(() => fleet.killOne(), given.killEvery);
  onTestFinished(() => clearInterval(killing));
  const until = (what: () => Promise<unknown> | unknown) =>
    expect.poll(what, { timeout: patience, interval: 50 });
  const produce = () =>
    produceExport(clientOf(fake, redis, reserve), {
      collection: 'evses.statusLogs',
      since: SINCE,
      until: UNTIL,
      window: given.window,
      cadence: 600,
      sink: ndjsonSink(folder),
      redis: redis.url,
    });
  await produce();
  const stage = async (requests: number) => {
    await until(() => apiRequests(fake).length).toBeGreaterThan(requests);
    if (!given.killEvery) fleet.killOne();
  };
  await stage(given.restartAfter);
  await redis.kill();
  await redis.start();
  await stage(given.tokensEndAfter);
  fake.world.tokens.expireAll();
  await stage(given.lossAfter);
  await redis.kill();
  await redis.start({ empty: true });
  await produce();

  const caller = { clientId: fake.clientId, scopes: [], bucket: fake.clientId };
  const left = () => fake.world.limiter.peek(caller).remaining;
  const mayUse = limit - reserve;
  await until(() => (limit - left()) / mayUse).toBeGreaterThanOrEqual(0.97);
  await until(() => isPaused(redis.url)).toBe(true);
  const atTheEnd = left();

  hours += 1;
  await forgetTheHour(redis.url);
  const all = served(fake);
  // Compare the counts first, since the lists are long.
  await until(async () => (await written(folder)).length).toBe(all.length);
  clearInterval(killing);
  expect(await written(folder)).toEqual(all);
  // A busy computer takes more than a moment to start Redis again, and that is told.
  expect(fleet.complaints.replace(/^Redis at .*(?:and then goes on|the export goes on)\n/gm, '')).toBe('');
  const requests = apiRequests(fake);
  return {
    killed: fleet.killed,
    tokens: tokenRequests(fake),
    used: (limit - atTheEnd) / mayUse,
    left: atTheEnd,
    refused: requests.filter(({ status }) => status === 429).length / requests.length,
    requests: requests.length,
  };
}

/** The keys of what Redis remembers for an hour: the count of requests, and the pause of the queue. */
const OF_THE_HOUR = ['ev-energy:quota:*', '{ev-energy:queue}:*:limiter'];

/** Whether the queue is paused, and no machine is about to say so again: that would hold for the next hour too. */
async function isPaused(url: string): Promise<boolean> {
  let paused = false;
  await keysOf(url, OF_THE_HOUR.slice(1), async (redis, keys) => {
    // It also counts the windows of the second.
    paused = (await redis.mget(keys)).some((count) => Number(count) >= UNLIMITED);
  });
  return paused && (await keysOf(url, ['{ev-energy:queue}:*:active'])).length === 0;
}

/** What happens in Redis by itself when an hour passes. */
async function forgetTheHour(url: string): Promise<void> {
  await keysOf(url, OF_THE_HOUR, (redis, keys) => redis.del(...keys));
}

async function keysOf(
  url: string,
  patterns: readonly string[],
  use?: (redis: Redis, keys: string[]) => Promise<unknown>,
): Promise<string[]> {
  const redis = new Redis(url);
  try {
    const keys = (await Promise.all(patterns.map((pattern) => redis.keys(pattern)))).flat();
    if (keys.length > 0) await use?.(redis, keys);
    return keys;
  } finally {
    redis.disconnect();
  }
}
