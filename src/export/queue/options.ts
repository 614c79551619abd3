import type { ExportOptions } from '../options.js';

/** Options of an export by many machines: those of `exportCollection`, with Redis instead of the journal. */
export interface QueueOptions<T = unknown> extends Omit<ExportOptions<T>, 'journal' | 'clock'> {
  /**
   * `redis://` or `rediss://` URL of the Redis or Valkey that holds the queue. It must not drop data: `maxmemory-policy
   * noeviction`, and an append-only file.
   */
  redis: string;
  /** Prefix of all keys. Default: `ev-energy:`. */
  prefix?: string | undefined;
  /** Milliseconds after which the windows of a silent worker (it was killed) go to others. Default: 6,000. */
  silence?: number | undefined;
}

/** Options of a program that only works on windows queued by another one. */
export type WorkOptions<T = unknown> = Omit<
  QueueOptions<T>,
  'since' | 'until' | 'onPlan' | 'onProgress' | 'parents' | 'whenEmpty' | 'overlap' | 'window' | 'cadence'
>;
