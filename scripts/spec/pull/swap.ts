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

/**
 * Makes the given places of `root` what they are in `from`; all of it or, when something fails, nothing. Without a
 * pause for anything else in between: a signal that comes meanwhile is seen when it is done.
 *
 * @returns the files that changed.
 */
export function swapIn(root: string, from: string, places: readonly string[]): string[] {
  const before = new Map(places.flatMap((place) => [...readFiles(root, place)]));
  const after = new Map(places.flatMap((place) => [...readFiles(from, place)]));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changed = names.filter((name) => !same(before.get(name), after.get(name)));
  const done: string[] = [];
  try {
    for (const name of changed) {
      done.push(name);
      put(join(root, name), after.get(name));
    }
  } catch (cause) {
    for (const name of done) put(join(root, name), before.get(name));
    throw cause;
  }
  return changed;
}

function put(file: string, content: Buffer | undefined): void {
  if (!content) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.new-${process.pid}`;
  try {
    writeFileSync(beside, content);
    renameSync(beside, file);
  } finally {
    rmSync(beside, { force: true });
  }
}

function same(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a !== undefined && b !== undefined && a.equals(b);
}
