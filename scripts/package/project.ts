import { cpSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { installation } from './tarball.js';

/** Milliseconds that a hook may need which packs the package and installs tools: it is the first to do so. */
export const INSTALL_TIME = 600_000;

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/**
 * A project of a consumer, outside of this one: the tarball installed by npm in an empty folder, and these files.
 * It is removed when the tests of the file have ended.
 *
 * @param files Texts by name.
 */
export async function project(files: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ev-energy-client-consumer-'));
  folders.push(folder);
  // One installation, copied: npm would need seconds for each.
  cpSync(await installation(), folder, { recursive: true, verbatimSymlinks: true });
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}
