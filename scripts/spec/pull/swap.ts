import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The files of a folder, or a single file, by their path relative to a root. */
export function readFiles(root: string, place: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const visit = (path: string) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
    else files.set(relative(root, path), readFileSync(path));
  };
  visit(join(root, place));
  return files;
}

/** Folder of a swap that is under way, relative to the root. */
const JOURNAL = '.spec-pull';
const LIST = 'journal.json';

/** A file to replace by the one with this number in the journal's folder, or to remove. */
interface Step {
  name: string;
  content?: string;
}

/**
 * Makes the given places of `root` equal to those in `from`: completely, or, if something fails, not at all. It runs
 * synchronously, so a signal that comes meanwhile is handled afterwards. If the process is killed, `completeSwap` does
 * the rest.
 *
 * @returns the files that changed.
 */
export function swapIn(root: string, from: string, places: readonly string[]): string[] {
  const before = new Map(places.flatMap((place) => [...readFiles(root, place)]));
  const after = new Map(places.flatMap((place) => [...readFiles(from, place)]));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changed = names.filter((name) => !same(before.get(name), after.get(name)));
  const folder = join(root, JOURNAL);
  try {
    const steps = changed.map((name, index) => prepare(folder, name, index, after.get(name)));
    // From here on the swap will be completed, by this process or another; each rename is atomic.
    writeWhole(join(folder, LIST), Buffer.from(JSON.stringify(steps)));
    for (const step of steps) take(root, step);
  } catch (cause) {
    rmSync(join(folder, LIST), { force: true });
    for (const name of changed) putBack(join(root, name), before.get(name));
    throw cause;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return changed;
}

/**
 * Completes a swap whose process was killed.
 *
 * @returns whether there was one to complete.
 */
export function completeSwap(root: string): boolean {
  const folder = join(root, JOURNAL);
  if (!existsSync(folder)) return false;
  const list = join(folder, LIST);
  const begun = existsSync(list);
  // Without a list the swap had not begun: the project is unchanged.
  if (begun) for (const step of JSON.parse(readFileSync(list, 'utf8')) as Step[]) take(root, step);
  rmSync(folder, { recursive: true, force: true });
  return begun;
}

function prepare(folder: string, name: string, index: number, content: Buffer | undefined): Step {
  mkdirSync(folder, { recursive: true });
  if (!content) return { name };
  writeSynced(join(folder, String(index)), content);
  return { name, content: String(index) };
}

/** Can be repeated: a file that was already moved is no longer there to be moved. */
function take(root: string, { name, content }: Step): void {
  const file = join(root, name);
  if (content === undefined) {
    rmSync(file, { force: true });
    return;
  }
  const source = join(root, JOURNAL, content);
  if (!existsSync(source)) return;
  mkdirSync(dirname(file), { recursive: true });
  renameSync(source, file);
}

function putBack(file: string, content: Buffer | undefined): void {
  if (!content) rmSync(file, { force: true });
  else if (!existsSync(file) || !same(readFileSync(file), content)) writeFileSync(file, content);
}

function writeWhole(file: string, content: Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  writeSynced(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

/** Forces the file to disk: a journal must not get there before the files it lists. */
function writeSynced(file: string, content: Buffer): void {
  const handle = openSync(file, 'w');
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function same(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a !== undefined && b !== undefined && a.equals(b);
}
