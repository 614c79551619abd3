import { expect, onTestFinished, test } from 'vitest';
import { fakeApi } from '../../../scripts/test/fake.js';
import {
  clientOf,
  SINCE,
  scratch,
  served,
  tokenRequests,
  UNTIL,
  written,
} from '../../../scripts/test/fleet/exported.js';
import { startFleet } from '../../../scripts/test/fleet/start-fleet.js';
import { startRedis } from '../../../scripts/test/servers/redis.js';
import { reset, unavailable } from '../../testing/index.js';
import { ndjsonSink, produceExport } from '../index.js';

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
