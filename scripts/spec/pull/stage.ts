import { cp, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

/** Folders that are large, or generated from the rest. */
const LEFT_OUT = new Set(['node_modules', '.git', 'dist', 'coverage', 'reports', 'docs', '.spec-pull']);

/**
 * Makes a copy of the project to work in, with the installed packages linked, and removes it afterwards. Whatever goes
 * wrong there, the project itself stays unchanged.
 */
export async function withStage<T>(root: string, work: (stage: string) => Promise<T>): Promise<T> {
  const stage = await mkdtemp(join(tmpdir(), 'ev-energy-spec-'));
  try {
    await cp(root, stage, {
      recursive: true,
      filter: (source) => resolve(source) === resolve(root) || !LEFT_OUT.has(basename(source)),
    });
    const packages = join(root, 'node_modules');
    if (await stat(packages).catch(() => undefined))
      await symlink(packages, join(stage, 'node_modules'), 'dir');
    return await work(stage);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
