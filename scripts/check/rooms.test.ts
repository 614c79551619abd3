import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** Which rooms of `src` a room may import, as ARCHITECTURE has it. All may import `text` and `generated`, but for `text`. */
const KNOWS: Readonly<Record<string, readonly string[]>> = {
  text: [],
  document: [],
  client: [],
  webhooks: ['client'],
  undici: ['client'],
  node: ['client'],
  redis: ['client', 'node'],
  export: ['client', 'node', 'redis', 'document'],
  testing: ['document', 'webhooks'],
  contract: ['document', 'client', 'node', 'testing'],
  cli: ['document', 'client', 'node', 'redis', 'export', 'testing', 'contract'],
};

/** Rooms that know no file of `generated/`: they work with any document. */
const WITHOUT_GENERATED = ['text', 'document', 'testing', 'contract', 'node', 'redis', 'undici'];

/** The room that a file belongs to. `src/index.ts` has the client's public names. */
function roomOf(file: string): string {
  const [top = '', room = ''] = file.split('/');
  if (top === 'generated') return top;
  return /^src\/(?:index|validators)\.[jt]s$/.test(file) ? 'client' : room;
}

/** The other rooms that a file with this text imports. */
function importedRooms(file: string, text: string): string[] {
  const names = [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']*)'/g)].map(([, name = '']) => name);
  const rooms = names.map((name) => roomOf(join(dirname(file), name)));
  return [...new Set(rooms)].filter((room) => room !== roomOf(file));
}

/** Those of the imported rooms that the file's own may not know. */
function forbidden(file: string, text: string): string[] {
  const own = roomOf(file);
  const allowed = [
    ...(KNOWS[own] ?? []),
    ...(own === 'text' ? [] : ['text']),
    ...(WITHOUT_GENERATED.includes(own) ? [] : ['generated']),
  ];
  return importedRooms(file, text).filter((room) => !allowed.includes(room));
}

describe('the rooms of src', () => {
  it.each([
    ['src/text/a.ts', "import { b } from '../client/b.js';", ['client']],
    ['src/document/read/a.ts', "export * from '../../testing/b.js';", ['testing']],
    ['src/client/a.ts', "const { b } = await import('../node/b.js');", ['node']],
    ['src/testing/a.ts', "import type { B } from '../../generated/b.js';", ['generated']],
    ['src/index.ts', "export { b } from './contract/b.js';", ['contract']],
    ['src/contract/a.ts', "import { EvEnergy } from '../index.js';\nimport '../text/b.js';", []],
    ['src/client/pages/a.ts', "import { b } from '../wire/b.js';\nimport { c } from 'node:fs';", []],
  ])('%s, with the text %s, imports %j against the rules', (file, text, rooms) => {
    expect(forbidden(file, text)).toEqual(rooms);
  });

  it('import those alone that ARCHITECTURE lets them know', () => {
    const found = foldersBelow('src').flatMap((folder) =>
      filesIn(folder)
        .filter((name) => name.endsWith('.ts'))
        .map((name) => `${folder}/${name}`)
        .flatMap((file) =>
          forbidden(file, readFileSync(join(ROOT, file), 'utf8')).map((room) => `${file}: ${room}`),
        ),
    );
    expect(found).toEqual([]);
  });
});
