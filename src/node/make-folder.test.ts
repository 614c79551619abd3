import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch } from '../../scripts/test/files/scratch.js';
import { makeFolder } from './make-folder.js';

test('A folder is made with all that are missing above it, by several at the same time, and the first is told', async () => {
  const root = await scratch();
  const made = await Promise.all([1, 2, 3].map(() => makeFolder(join(root, 'a/b/c'), 0o700)));
  expect(made).toContain(join(root, 'a'));
  expect((await stat(join(root, 'a/b/c'))).mode & 0o777).toBe(0o700);
  expect(await makeFolder(join(root, 'a/b/c'))).toBeUndefined();
  expect(await makeFolder(join(root, 'a/b/d'))).toBe(join(root, 'a/b/d'));
});

test('A file in the place of a folder, or of one above it, is an error that names it', async () => {
  const root = await scratch();
  await writeFile(join(root, 'file'), '');
  await expect(makeFolder(join(root, 'file'))).rejects.toThrow(/EEXIST/);
  await expect(makeFolder(join(root, 'file/a/b'))).rejects.toThrow(/ENOTDIR|EEXIST/);
});

test.runIf(process.platform === 'linux')(
  'A place where nobody can make a folder is tried once, and is an error',
  async () => {
    await expect(makeFolder('/proc/ev-energy/a/b')).rejects.toThrow(/^ENOENT|^EPERM|^EACCES/);
  },
);
