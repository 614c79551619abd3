import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of the folder that differ from what is generated: changed, missing or left over. */
export async function staleFiles(folder: string, files: ReadonlyMap<string, string>): Promise<string[]> {
  const stale: string[] = [];
  for (const [name, text] of files) {
    const current = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (current !== text) stale.push(name);
  }
  const present = await readdir(folder).catch(() => []);
  return [...stale, ...present.filter((name) => !files.has(name))].sort();
}

/** Replaces the folder's files. All are written beside it first, so that a failure leaves the folder as it was. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const staging = `${folder}.new-${process.pid}`;
  const former = `${folder}.old-${process.pid}`;
  try {
    await mkdir(staging, { recursive: true });
    for (const [name, text] of files) await writeFile(join(staging, name), text);
    const existed = await rename(folder, former).then(
      () => true,
      () => false,
    );
    try {
      await rename(staging, folder);
    } catch (cause) {
      if (existed) await rename(former, folder);
      throw cause;
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
    await rm(former, { recursive: true, force: true });
  }
}
