/** A machine of a fleet, as a separate process: works on an export until it is killed. */
import { ndjsonSink, workOnExport } from '../../../src/export/index.js';
import { EvEnergy } from '../../../src/index.js';
import { redisStores } from '../../../src/redis/index.js';

const { REDIS = '', SINK = '', RESERVE = '0' } = process.env;
const stores = redisStores({ redis: REDIS, patience: 10_000 });
const ev = new EvEnergy({
  tokenStore: stores.tokens,
  quota: { store: stores.quota, reserve: Number(RESERVE) },
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
