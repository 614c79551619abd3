import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Removes the unfinished copies of a file that killed programs have left beside it. Call it with the file's lock: then
 * nobody is writing one.
 */
export async function removeUnfinished(file: string): Promise<void> {
  const start = `${basename(file)}.`;
  for (const name of await readdir(dirname(file)).catch(() => []))
    if (name.startsWith(start) && name.endsWith('.new')) await rm(join(dirname(file), name), { force: true });
}
