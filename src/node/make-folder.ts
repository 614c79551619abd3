import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder, and those above it that are missing. Node's own recursive `mkdir` never returns below a folder in
 * which nobody can make one, such as `/proc` and those of an automounter.
 *
 * @param mode of the folders it makes
 * @returns the first folder that it made; undefined if all were there
 */
export async function makeFolder(path: string, mode?: number): Promise<string | undefined> {
  const folder = resolve(path);
  try {
    return await makeOne(folder, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // The folder above exists: somebody has created it meanwhile, or its absence wasn't the reason. A second try shows
    // which.
    if (await isFolder(dirname(folder))) return makeOne(folder, mode);
  }
  const first = await makeFolder(dirname(folder), mode);
  return (await makeFolder(folder, mode)) === undefined ? first : (first ?? folder);
}

/** Makes one folder, below one that is there; undefined if it was there. */
async function makeOne(folder: string, mode: number | undefined): Promise<string | undefined> {
  try {
    await mkdir(folder, mode);
    return folder;
  } catch (error) {
    if (await isFolder(folder)) return undefined;
    throw error;
  }
}

/** How many times to create a folder that somebody else keeps removing. */
const TRIES = 10;

/**
 * Makes a folder, and runs something in it. Another program that starts at the same time may remove the folder again,
 * if it had no use for it.
 *
 * @param run is told the first folder that was made; undefined if all were there
 */
export async function inFolder<T>(folder: string, run: (made: string | undefined) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run(await makeFolder(folder));
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      // Whether it exists now proves nothing: a third program may have created it again.
      if (!/^(ENOENT|EEXIST)$/.test(code) || tries === TRIES) throw error;
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
