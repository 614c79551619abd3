import { type Checks, check, milliseconds, text } from '../../client/check-options.js';
import { actorOf, type EvEnergy } from '../../client/ev-energy.js';
import type { ExportOptions } from '../options.js';
import { type Settings, settingsOf } from '../settings.js';

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

const CHECKS: Checks<Pick<QueueOptions, 'redis' | 'prefix' | 'silence'>> = {
  redis: text,
  prefix: text,
  silence: milliseconds(100),
};

/**
 * The settings of an export whose windows go to any machine. A machine that acts for another application couldn't see
 * the same parents.
 *
 * @throws ConfigurationError for an option that can't be used; the message names it
 */
export function sharedSettings<T>(
  ev: EvEnergy,
  { redis, prefix, silence, ...options }: QueueOptions<T>,
): Settings {
  check('', { redis, prefix, silence }, CHECKS);
  return { ...settingsOf(options), application: actorOf(ev) };
}
