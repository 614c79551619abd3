/** A machine of a fleet, as a separate process: works on an export until it is killed. */
import { Redis } from 'ioredis';
import { ndjsonSink, workOnExport } from '../../../src/export/index.js';
import { EvEnergy } from '../../../src/index.js';
import { Connection } from '../../../src/redis/connection.js';
import { redisStores } from '../../../src/redis/index.js';
import { redisQuota } from '../../../src/redis/quota-store.js';

const { REDIS = '', SINK = '', RESERVE = '0', RESERVATION } = process.env;
const stores = redisStores({ redis: REDIS, patience: 10_000 });
// A short test can't wait for a minute until what a killed machine had reserved is free again.
const quota = RESERVATION
  ? redisQuota(new Connection(new Redis(REDIS), 10_000), 'ev-energy:', { silence: Number(RESERVATION) })
  : stores.quota;
const ev = new EvEnergy({
  tokenStore: stores.tokens,
  quota: { store: quota, reserve: Number(RESERVE) },
  backoff: { initial: 20, max: 200 },
  // A failed window is retried as a whole, and soon.
  maxRetries: 2,
});
let told = false;
const sink = ndjsonSink(SINK);
await workOnExport(ev, {
  collection: 'evses.statusLogs',
  redis: REDIS,
  concurrency: 2,
  silence: 1_500,
  sink: {
    ...sink,
    write: async (batch) => {
      await sink.write(batch);
      // Report that it has begun to work.
      if (!told) process.stdout.write('works\n');
      told = true;
    },
  },
});
