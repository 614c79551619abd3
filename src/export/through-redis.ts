import type { EvEnergy } from '../client/ev-energy.js';
import { passwordHider } from '../redis/passwords.js';
import { withoutSecrets } from './exit.js';
import type { ExportPlan, ExportResult } from './options.js';
import { withPackages } from './packages.js';
import type { QueueOptions, WorkOptions } from './queue/options.js';

/** Loads the queue on demand, since an export on one machine doesn't need it. */
const queue = <T>(load: () => Promise<T>) => withPackages('redis: the queue', 'bullmq ioredis', load);

/**
 * Queues what is missing of a collection for `workOnExport`, on this machine and others, and then ends. Run it whenever
 * you want to bring the sink up to date; if a run is killed, the next one makes up for it. Needs `bullmq` and
 * `ioredis`.
 *
 * @throws ConfigurationError for an option or a Redis that can't be used
 */
export async function produceExport<T = unknown>(
  ev: EvEnergy,
  options: QueueOptions<T>,
): Promise<ExportPlan> {
  return withoutSecrets(ev, passwordHider(options?.redis), async () =>
    (await queue(() => import('./queue/produce.js'))).produceExport(ev, options),
  );
}

/**
 * Estimates what `produceExport` would queue with the same options, and queues nothing. Needs `bullmq` and `ioredis`.
 *
 * @throws ConfigurationError for an option or a Redis that can't be used
 */
export async function planThroughQueue<T = unknown>(
  ev: EvEnergy,
  options: QueueOptions<T>,
): Promise<ExportPlan> {
  return withoutSecrets(ev, passwordHider(options?.redis), async () =>
    (await queue(() => import('./queue/produce.js'))).planThroughQueue(ev, options),
  );
}

/**
 * Works on the windows that `produceExport` queues, until the signal aborts. Start it on any number of machines, and
 * kill it at any time: others continue from the last page. Give the client stores of `ev-energy-client/redis`, so that
 * all share one token and one quota; when the quota is empty, the queue pauses for all. Needs `bullmq` and `ioredis`.
 *
 * @throws ConfigurationError for an option, a sink or a Redis that can't be used
 */
export async function workOnExport<T = unknown>(ev: EvEnergy, options: WorkOptions<T>): Promise<void> {
  return withoutSecrets(ev, passwordHider(options?.redis), async () =>
    (await queue(() => import('./queue/work-on-export.js'))).workOnExport(ev, options),
  );
}

/**
 * `produceExport` and `workOnExport` in one program, which ends when the queue is empty. Other programs that work on
 * the same collection help. If Redis has lost its data, the export begins again: items in the sink are replaced, not
 * duplicated.
 *
 * @throws ConfigurationError before anything is sent, for an option, a sink or a Redis that can't be used
 * @throws ExportError if windows fail for good
 */
export async function exportThroughQueue<T = unknown>(
  ev: EvEnergy,
  options: QueueOptions<T>,
): Promise<ExportResult> {
  return withoutSecrets(ev, passwordHider(options?.redis), async () =>
    (await queue(() => import('./queue/export-through-queue.js'))).exportThroughQueue(ev, options),
  );
}
