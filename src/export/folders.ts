import { randomUUID } from 'node:crypto';
import { rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { inFolder } from '../node/make-folder.js';
import { isSystemError, unwritable } from '../node/unwritable.js';

/**
 * Makes a folder, and finds out whether files can be written into it.
 *
 * @param option the option that names the folder, for the error
 * @returns a function that removes the folders it made, as far as they are still empty: a refused run leaves nothing
 * @throws ConfigurationError if nothing can be written
 */
export async function openFolder(option: string, given: string): Promise<() => Promise<void>> {
  const folder = resolve(given);
  let made: string | undefined;
  const leave = async () => {
    if (made === undefined) return;
    for (let at = folder; at.length >= made.length; at = dirname(at)) {
      const removed = await rmdir(at).then(
        () => true,
        () => false,
      );
      if (!removed) return;
    }
  };
  try {
    // An access check isn't enough: it succeeds for root on a read-only mount, and for everyone on a full disk.
    const trial = join(folder, `.${randomUUID()}.new`);
    await inFolder(folder, async (first) => {
      made = first ?? made;
      await writeFile(trial, 'x').finally(() => rm(trial, { force: true }));
    });
    return leave;
  } catch (error) {
    await leave();
    throw unwritable(option, `'${given}'`, error);
  }
}

/**
 * Runs what reads and writes files.
 *
 * @param option the option that names their place, for the error
 * @param path of the file, or of the folder
 * @throws ConfigurationError if the file system refuses
 */
export async function writing<T>(option: string, path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isSystemError(error) ? unwritable(option, path, error) : error;
  }
}
