import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root.js';

/** `npm ci` removes this folder. */
const CACHE = join(ROOT, 'node_modules/.cache/ev-energy-client');

/**
 * A folder that is made once for given inputs, and again when they change.
 *
 * @param inputs Files and folders of the project, relative to its root, that determine the result.
 * @param make Fills the folder that it gets. Its source text counts as an input too.
 */
export async function cached(
  name: string,
  inputs: readonly string[],
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(CACHE, `${name}-${digest(inputs, String(make))}`);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const earlier = readdirSync(CACHE).filter((entry) => entry.startsWith(`${name}-`));
  for (const entry of earlier) rmSync(join(CACHE, entry), { recursive: true, force: true });
  const unfinished = mkdtempSync(join(CACHE, `unfinished-${name}-`));
  try {
    await make(unfinished);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    // If another process was faster, its folder is as good.
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
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
