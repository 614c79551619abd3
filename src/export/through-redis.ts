import type { EvEnergy } from '../client/ev-energy.js';
import type { ExportPlan, ExportResult } from './options.js';
import type { QueueOptions, WorkOptions } from './queue/options.js';

/**
 * Queues what is missing of a collection for `workOnExport`, on this machine and others, and ends. Run it as often as the sink
 * is to be brought up to date; one that was killed is made good by the next. Wants `bullmq` and `ioredis`.
 *
 * @throws ConfigurationError for an option or a Redis that can't be used
 */
export async function produceExport<T = unknown>(
  ev: EvEnergy,
  options: QueueOptions<T>,
): Promise<ExportPlan> {
  // Who exports on one machine needs neither package.
  return (await import('./queue/produce.js')).produceExport(ev, options);
}

/**
 * Works on the windows that `produceExport` queues, until the signal aborts. Start it on any number of machines, and kill it
 * at will: others go on from the last page. Give the client stores of `ev-energy-client/redis`, so that all have one token
 * and one quota; when that is empty, the queue pauses for all of them. Wants `bullmq` and `ioredis`.
 *
 * @throws ConfigurationError for an option, a sink or a Redis that can't be used
 */
export async function workOnExport<T = unknown>(ev: EvEnergy, options: WorkOptions<T>): Promise<void> {
  return (await import('./queue/work-on-export.js')).workOnExport(ev, options);
}

/**
 * `produceExport` and `workOnExport` in one program, which ends when the queue is empty. Others that work on the same
 * collection help. Where Redis has lost what it had, it begins anew: what is in the sink is replaced, not doubled.
 *
 * @throws ConfigurationError for an option, a sink or a Redis that can't be used: before anything is sent
 * @throws ExportError where windows fail for good
 */
export async function exportThroughQueue<T = unknown>(
  ev: EvEnergy,
  options: QueueOptions<T>,
): Promise<ExportResult> {
  return (await import('./queue/export-through-queue.js')).exportThroughQueue(ev, options);
}
