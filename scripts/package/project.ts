import { cpSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { prepared, preparedAlready } from './prepared.js';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/**
 * A consumer's project, outside of this one: an empty folder in which npm has installed the tarball, plus these files.
 * It is removed after the tests of the file.
 *
 * @param files Texts by name.
 * @param packages Packages of tools.json that the consumer also has.
 */
export async function project(
  files: Record<string, string> = {},
  packages: readonly string[] = [],
): Promise<string> {
  const { installation } = await prepared();
  const folder = await mkdtemp(join(tmpdir(), 'ev-energy-client-consumer-'));
  folders.push(folder);
  cpSync(installation, folder, { recursive: true, verbatimSymlinks: true });
  for (const name of packages) await add(folder, name);
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}

async function add(folder: string, name: string): Promise<void> {
  const place = join(folder, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(tool(name, ''), place);
}

/** Path of a file in the npm package of a compiler, bundler or runtime. Needs an existing project. */
export function tool(name: string, file: string): string {
  return join(preparedAlready().tools, 'node_modules', name, file);
}
