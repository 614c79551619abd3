import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';

/** With more files side by side, it is hard to see where a line belongs. */
const AT_MOST = 12;

/** One rule per file: the folder is a list of rules. */
const LISTS = ['src/contract/rules'];

/** A folder of the project and all below it. */
function foldersBelow(folder: string): string[] {
  const below = readdirSync(join(ROOT, folder), { withFileTypes: true });
  return [
    folder,
    ...below.filter((entry) => entry.isDirectory()).flatMap(({ name }) => foldersBelow(`${folder}/${name}`)),
  ];
}

/** Files side by side in a folder, tests apart. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test(-d)?\.ts$/.test(entry.name))
    .map(({ name }) => name);
}

describe('a room', () => {
  const folders = ['src', 'scripts'].flatMap(foldersBelow).filter((folder) => !LISTS.includes(folder));

  it.each(folders)(`%s has at most ${AT_MOST} files side by side, tests apart`, (folder) => {
    expect(filesIn(folder).length, filesIn(folder).join(' ')).toBeLessThanOrEqual(AT_MOST);
  });
});
