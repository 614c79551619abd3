import type { ExportOptions } from '../options.js';

/** An export by many machines: the options of `exportCollection`, with Redis in the place of the journal. */
export interface QueueOptions<T = unknown> extends Omit<ExportOptions<T>, 'journal' | 'clock'> {
  /**
   * `redis://` or `rediss://` URL of the Redis or Valkey that has the queue. It has to keep what it is given:
   * `maxmemory-policy noeviction`, and an append-only file.
   */
  redis: string;
  /** What all keys begin with. Default: `ev-energy:`. */
  prefix?: string | undefined;
  /** Milliseconds after which the windows of a worker that is silent, for it was killed, go to others. Default: 6,000. */
  silence?: number | undefined;
}

/** The options of a program that works on windows that another one queues: it needs no stretch of time. */
export type WorkOptions<T = unknown> = Omit<
  QueueOptions<T>,
  'since' | 'until' | 'onPlan' | 'onProgress' | 'parents' | 'whenEmpty' | 'overlap' | 'window' | 'cadence'
>;
