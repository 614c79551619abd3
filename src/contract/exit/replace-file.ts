import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readlink, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** Files that are being written beside those that they will replace. */
const unfinished = new Set<string>();

/** Takes half-written files away, where the process ends before they are whole. */
export function removeUnfinished(): void {
  for (const file of unfinished) rmSync(file, { force: true });
  unfinished.clear();
}

/** Where a path leads: what a link names is replaced, not the link, and made if it isn't there yet. */
export async function placeOf(path: string): Promise<string> {
  return realpath(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOOP') throw error;
    const target = await readlink(path).catch(() => undefined);
    return target === undefined ? resolve(path) : placeOf(resolve(dirname(path), target));
  });
}

/** Writes a file beside the one that it replaces once it is whole: on a full disk the older one stays. */
export async function replaceFile(path: string, text: string | Iterable<string>): Promise<void> {
  const place = await placeOf(path);
  await beside(place, text, (file) => rename(file, place));
}

/** Finds out whether a file could be replaced, before what it will hold is worked for. */
export async function tryReplacing(path: string): Promise<void> {
  await beside(await placeOf(path), '', async () => {});
}

async function beside(
  place: string,
  text: string | Iterable<string>,
  use: (file: string) => Promise<void>,
): Promise<void> {
  const file = join(dirname(place), `.${basename(place).slice(0, 100)}.${randomBytes(4).toString('hex')}`);
  unfinished.add(file);
  try {
    await writeFile(file, text, { flag: 'wx' });
    await use(file);
  } finally {
    await rm(file, { force: true });
    unfinished.delete(file);
  }
}
