import { expect, test } from 'vitest';
import { apiRequests, fakeApi } from '../../../scripts/test/fake.js';
import { scratch } from '../../../scripts/test/files/scratch.js';
import {
  clientOf,
  SINCE,
  served,
  tokenRequests,
  UNTIL,
  written,
} from '../../../scripts/test/fleet/exported.js';
import { ordeal } from '../../../scripts/test/fleet/ordeal.js';
import { startRedis } from '../../../scripts/test/servers/redis.js';
import { EvEnergy } from '../../index.js';
import { exportThroughQueue, ndjsonSink } from '../index.js';

test('Three machines, one killed each second, bring each log into the sink once, with one token and one quota', {
  timeout: 600_000,
}, async () => {
  const { killed, tokens, used, left, refused } = await ordeal({
    machines: 3,
    killEvery: 1_000,
    limit: 700,
    reserve: 50,
    statusLogs: 2_000,
    latency: 40,
    window: 86_400_000,
    restartAfter: 100,
    tokensEndAfter: 200,
    lossAfter: 300,
    patience: 200_000,
  });
  expect(killed).toBeGreaterThan(5);
  // The first, one for those that ended early, one for the loss, and one for the second hour. A machine that is killed
  // between the answer and its place in Redis costs one more.
  expect([4, 5]).toContain(tokens);
  expect(used).toBeGreaterThanOrEqual(0.97);
  expect(left).toBeGreaterThanOrEqual(50);
  expect(refused).toBeLessThanOrEqual(0.01);
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

test('An export whose Redis is away ends when it is told to, and goes on once Redis is back', async () => {
  const [fake, redis] = [await fakeApi({ latency: 100 }), await startRedis()];
  const stop = new AbortController();
  const options = {
    collection: 'evses.statusLogs',
    since: SINCE,
    until: UNTIL,
    sink: ndjsonSink(await scratch()),
    redis: redis.url,
  };
  const said: string[] = [];
  const logger = { ...console, warn: (text: string) => void said.push(text) };
  const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token, maxRetries: 0, logger });
  const running = exportThroughQueue(ev, { ...options, signal: stop.signal });
  await expect.poll(() => apiRequests(fake).length, { timeout: 10_000 }).toBeGreaterThan(3);
  await redis.kill();
  await expect.poll(() => said, { timeout: 10_000 }).toHaveLength(1);
  await redis.start();
  await expect.poll(() => said, { timeout: 10_000 }).toHaveLength(2);
  expect(said).toEqual([
    expect.stringMatching(
      /^Redis at 127\.0\.0\.1:\d+ gave no answer .* The export waits for it, and then goes on$/,
    ),
    expect.stringMatching(/^Redis at 127\.0\.0\.1:\d+ is back; the export goes on$/),
  ]);
  await redis.kill();
  stop.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  await redis.start();
  await exportThroughQueue(ev, options);
});
