import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Removes what programs have left beside a file that were killed before it was in the file's place. For whoever has the
 * file's lock: nobody else is writing it.
 */
export async function removeUnfinished(file: string): Promise<void> {
  const start = `${basename(file)}.`;
  for (const name of await readdir(dirname(file)).catch(() => []))
    if (name.startsWith(start) && name.endsWith('.new')) await rm(join(dirname(file), name), { force: true });
}
