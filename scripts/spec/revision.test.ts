import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DOCUMENT } from './places.js';
import { documentAt } from './revision.js';

const text = (version: number) => `openapi: 3.1.0\ninfo: { title: T, version: '${version}' }\npaths: {}\n`;

let root: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: root });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ev-energy-revision-'));
  git('init', '-q');
  await mkdir(join(root, 'openapi'));
  for (const version of [1, 2]) {
    await writeFile(join(root, DOCUMENT), text(version));
    git('add', '.');
    git('commit', '-qm', `Version ${version}`);
    git('tag', `v${version}`);
  }
  await writeFile(join(root, DOCUMENT), text(3));
});
afterAll(() => rm(root, { recursive: true }));

it.each([
  ['v1', '1'],
  ['HEAD~1', '1'],
  ['HEAD', '2'],
  [DOCUMENT, '3'],
])('the document of the revision or file %s is read', async (place, version) => {
  expect((await documentAt(root, place)).info.version).toBe(version);
});

it.each(['v9', '--output=x', 'openapi'])(
  'what is neither a revision nor a file with a document is refused: %s',
  async (place) => {
    await expect(documentAt(root, place)).rejects.toThrow(
      `'${place}' is neither a file nor a Git revision that has ${DOCUMENT}`,
    );
  },
);
