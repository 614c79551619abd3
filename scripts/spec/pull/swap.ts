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

/** The files of a folder, or the one file, by their path relative to a root. */
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

/** Where a swap under way stands, relative to the root. */
const JOURNAL = '.spec-pull';
const LIST = 'journal.json';

/** A file to be replaced by what stands in the journal's folder under a number, or to be removed. */
interface Step {
  name: string;
  content?: string;
}

/**
 * Makes the given places of `root` what they are in `from`; all of it or, when something fails, nothing. Without a
 * pause for anything else in between: a signal that comes meanwhile is seen when it is done. Where the process is
 * killed, `completeSwap` does the rest.
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
    // From here on it will be done, whoever does it: a rename is whole or not at all.
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
 * Ends a swap in whose middle the process was killed.
 *
 * @returns whether there was one to end.
 */
export function completeSwap(root: string): boolean {
  const folder = join(root, JOURNAL);
  if (!existsSync(folder)) return false;
  const list = join(folder, LIST);
  const begun = existsSync(list);
  // Killed before it had begun: the project is as it was.
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

/** Done twice it comes to the same: what has been moved already isn't there to be moved. */
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

/** Down to the disk: a journal that came there before what it lists would be worse than none. */
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
