/** Tasks for exports and the stores that many machines share. */
import { exportCollection } from '../../../src/export/index.js';
import { EvEnergy } from '../../../src/index.js';
import { redisStores } from '../../../src/redis/index.js';
import { EVSE } from '../subjects/request.js';
import type { Task } from './task.js';
import { heapUsed, measured } from './work.js';

/** What the bench's server has of each EVSE: a log a minute before this time. */
export const NEWEST = Date.UTC(2026, 5, 1);
const MINUTE = 60_000;

/** Requests one after the other; the subject is the URL of a Redis that keeps token and quota, or `memory`. */
export const stores: Task = (origin, subject) => {
  const shared = subject === 'memory' ? undefined : redisStores({ redis: subject });
  const ev = new EvEnergy({
    baseUrl: `${origin}/0/1`,
    clientId: 'bench',
    clientSecret: 'bench-secret',
    quota: shared ? { store: shared.quota, reserve: 100 } : { reserve: 100 },
    ...(shared ? { tokenStore: shared.tokens } : {}),
  });
  const count = 300;
  return () =>
    measured(async () => {
      for (let index = 0; index < count; index += 1) await ev.evses.statusLogs.list(EVSE);
    }, count);
};

/** Exports 1,000,000 logs of 100 EVSEs; the readings are bytes of the heap after a tenth, and at the end. */
export const exportMemory: Task = (origin) => async () => {
  const [evses, each] = [100, 10_000];
  const ev = new EvEnergy({ baseUrl: `${origin}/0/${each}`, accessToken: 'x' });
  let [items, early, late, peak] = [0, 0, 0, 0];
  await exportCollection(ev, {
    collection: 'evses.statusLogs',
    since: new Date(NEWEST - (each - 1) * MINUTE),
    until: new Date(NEWEST + 1),
    cadence: 60,
    parents: Array.from({ length: evses }, (_, index) => [`evse${index}`]),
    sink: async (batch) => {
      items += batch.items.length;
      peak = Math.max(peak, process.memoryUsage().heapUsed);
      if (early === 0 && items >= (evses * each) / 10) early = await heapUsed();
    },
  });
  late = await heapUsed();
  if (items !== evses * each) throw new Error(`${items} logs in place of ${evses * each}`);
  return { early, late, peak };
};
