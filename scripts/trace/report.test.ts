import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../root.js';
import { report } from './report.js';

/** The exit code and the text of journeys that may take two files each and take these. */
async function reported(...taken: string[][]) {
  let text = '';
  const journeys = taken.map((files, index) => ({
    name: `journey ${index}`,
    most: 2,
    act: async () => files,
  }));
  const filesOf = (act: () => Promise<unknown>) => act() as Promise<string[]>;
  const code = await report(journeys, filesOf, { write: (more: string) => (text += more) });
  return { code, text };
}

test('journeys within their limits pass, each with its files', async () => {
  const { code, text } = await reported(['a.ts', 'b.ts'], ['c.ts']);
  expect(code).toBe(0);
  expect(text).toBe(
    '✓ 2 of at most 2 files: journey 0\n    a.ts\n    b.ts\n✓ 1 of at most 2 files: journey 1\n    c.ts\n',
  );
});

test.each([
  ['takes a file too many', ['a.ts', 'b.ts', 'c.ts']],
  ['takes none, since nothing was counted', []],
])('a journey that %s fails, and the next one is taken all the same', async (_, files) => {
  const { code, text } = await reported(files, ['d.ts']);
  expect(code).toBe(1);
  expect(text).toContain(`✗ ${files.length} of at most 2 files: journey 0\n`);
  expect(text).toContain('✓ 1 of at most 2 files: journey 1\n');
});

test('the journeys are part of `npm run check`', async () => {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  expect(scripts.check.split(' ')).toContain('check:trace');
  expect(scripts['check:trace']).toBe('npm run --silent trace');
});
