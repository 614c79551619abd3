import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../root.js';

/** `npm ci` empties it. */
const CACHE = join(ROOT, 'node_modules/.cache/ev-energy-client');

/**
 * A folder that is made once for given inputs, by whichever test process comes first; the others wait for it.
 *
 * @param inputs Files and folders of the project, relative to its root, that decide what comes out.
 * @param make Fills the folder that it is given. Its text counts as an input too.
 */
export async function cached(
  name: string,
  inputs: readonly string[],
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(CACHE, `${name}-${digest(inputs, String(make))}`);
  mkdirSync(CACHE, { recursive: true });
  while (!existsSync(folder)) {
    if (!takeLock(`${CACHE}/${name}.lock`)) {
      await sleep(100);
      continue;
    }
    try {
      if (!existsSync(folder)) await remake(name, folder, make);
    } finally {
      rmSync(`${CACHE}/${name}.lock`, { force: true });
    }
  }
  return folder;
}

async function remake(name: string, folder: string, make: (folder: string) => Promise<void>): Promise<void> {
  const earlier = readdirSync(CACHE).filter((entry) => entry.startsWith(`${name}-`));
  for (const entry of earlier) rmSync(join(CACHE, entry), { recursive: true });
  const unfinished = join(CACHE, `unfinished-${name}`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  await make(unfinished);
  renameSync(unfinished, folder);
}

/** Takes a lock that no living process holds. */
function takeLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    // An empty file is one that its owner is just writing; a missing one was just given back.
    const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (owner && !isAlive(owner)) rmSync(file, { force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function digest(inputs: readonly string[], recipe: string): string {
  const hash = createHash('sha256').update(recipe);
  for (const file of inputs.flatMap(filesOf)) {
    hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesOf(path: string): string[] {
  const full = join(ROOT, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  const below = readdirSync(full, { recursive: true, encoding: 'utf8' }).sort();
  return below.map((file) => join(path, file)).filter((file) => statSync(join(ROOT, file)).isFile());
}
