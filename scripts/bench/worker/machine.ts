/** A machine of a fleet: works on an export, one window at a time, until it is killed. */
import { workOnExport } from '../../../src/export/index.js';
import { EvEnergy } from '../../../src/index.js';
import { redisStores } from '../../../src/redis/index.js';

const [, , baseUrl = '', redis = ''] = process.argv;
const shared = redisStores({ redis });
const ev = new EvEnergy({
  baseUrl,
  clientId: 'bench',
  clientSecret: 'bench-secret',
  tokenStore: shared.tokens,
  quota: { store: shared.quota, reserve: 100 },
});
await workOnExport(ev, {
  collection: 'evses.statusLogs',
  redis,
  concurrency: 1,
  // Told for each window, so that the time between two counts can be measured.
  sink: ({ items }) => void process.send?.(items.length),
});
