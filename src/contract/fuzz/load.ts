import { CannotRun } from '../errors.js';

export type FastCheck = typeof import('fast-check');

/**
 * The library that generates values and shrinks them. Only `--fuzz` needs it.
 *
 * @throws CannotRun if it isn't installed.
 */
export async function loadFastCheck(
  load: () => Promise<FastCheck> = () => import('fast-check'),
): Promise<FastCheck> {
  try {
    return await load();
  } catch (cause) {
    throw new CannotRun(
      '--fuzz needs fast-check, which is not installed: npm install --save-dev fast-check',
      {
        cause,
      },
    );
  }
}
