import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { inert } from '../../text/words.js';
import { type Time, textOf } from '../collection/time.js';
import type { Settings } from '../settings.js';

/** How far clocks differ that are right, an answer's way included. */
const LENIENT: Time = 60e6;

/**
 * Holds the end of an export against the API's clock. What is still to come there would be marked as exported, and
 * never be asked for; an end within the overlap is asked for again.
 *
 * @throws ConfigurationError if this machine's clock is ahead of it
 */
export function refuseFuture({ headers }: Response, { until, overlap }: Pick<Settings, 'until' | 'overlap'>) {
  const told = headers.get('date') ?? '';
  // A server that doesn't tell, or not so that it can be read, refuses nothing.
  if (!(until - Date.parse(told) * 1000 > Math.max(overlap, LENIENT))) return;
  throw new ConfigurationError(
    `until: ${textOf(until)} is still to come by the API's clock (${inert(told)}); set the clock of this machine right, or give an earlier until`,
  );
}
