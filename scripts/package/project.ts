import { cpSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';

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
  cpSync(inject('installation'), folder, { recursive: true, verbatimSymlinks: true });
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}

/** Path of a file in the npm package of a compiler, bundler or runtime. */
export function tool(name: string, file: string): string {
  return join(inject('tools'), 'node_modules', name, file);
}
