import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { inert } from '../../text/words.js';
import { type Time, textOf } from '../collection/time.js';
import type { Settings } from '../settings.js';

/** How far two correct clocks may differ, including the time an answer takes to arrive. */
const LENIENT: Time = 60e6;

/**
 * Checks the end of an export against the API's clock. Times that are still in the future there would be marked as
 * exported, and never requested; an end within the overlap is requested again.
 *
 * @throws ConfigurationError if this machine's clock is ahead of it
 */
export function refuseFuture({ headers }: Response, { until, overlap }: Pick<Settings, 'until' | 'overlap'>) {
  const told = headers.get('date') ?? '';
  // If the server sends no readable date, we can't check.
  if (!(until - Date.parse(told) * 1000 > Math.max(overlap, LENIENT))) return;
  throw new ConfigurationError(
    `until: ${textOf(until)} is still to come by the API's clock (${inert(told)}); set the clock of this machine right, or give an earlier until`,
  );
}
