import { inspect } from 'node:util';
import { EvEnergyError } from '../client/errors/base.js';
import { type EvEnergy, hiddenBy } from '../client/ev-energy.js';
import { safeCopy } from '../client/exit/connection-failure.js';

export type Hide = (text: string) => string;

/**
 * Runs an export. Its errors may come from the client, a sink, the file system, ioredis or BullMQ. An error that shows
 * a secret is replaced by a copy that doesn't; any other is passed on, so that the sink's author recognises it by its
 * class.
 *
 * @param hide takes out what else is secret
 */
export async function withoutSecrets<T>(ev: EvEnergy, hide: Hide, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw withoutSecret(error, (text) => hide(hiddenBy(ev, text)));
  }
}

/** The error itself if it shows no secret, or else a copy without. */
export function withoutSecret(error: unknown, hide: Hide): unknown {
  const shown = everything(error);
  if (shown !== undefined && hide(shown) === shown) return error;
  if (!(error instanceof EvEnergyError)) return safeCopy(error, hide);
  error.message = hide(error.message);
  if (error.stack) error.stack = hide(error.stack);
  return error;
}

/** Everything that is printed for an error that nobody handles; undefined if we can't tell. */
function everything(error: unknown): string | undefined {
  try {
    const text = inspect(error, {
      depth: 9,
      showHidden: true,
      maxArrayLength: 1_000,
      maxStringLength: 100_000,
    });
    return error instanceof Error ? `${text}\n${error.message}\n${error.stack}` : text;
  } catch {
    return undefined;
  }
}
