import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { checkConsumers, renderConsumers } from './consumers.js';

const CLIENT = `
export interface Make { name: string; icon: string | null; models: string }
export declare function list(params?: { page_size?: number }): Promise<Make[]>;
`;
const TYPE_TEST = `
import { list } from './index.js';
const [make] = await list({ page_size: 3 });
make?.models satisfies string | undefined;
// @ts-expect-error a misspelt parameter
await list({ page_sze: 3 });
`;
const EXAMPLE = `
import { list } from 'example-client';
for (const make of await list()) make.name.toUpperCase();
const wrong: number = 'wrong since ever';
`;
const FILES = {
  'package.json': JSON.stringify({
    name: 'example-client',
    type: 'module',
    exports: { '.': { types: './dist/src/index.d.ts' } },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      module: 'nodenext',
      target: 'es2022',
      // Without DOM and Node's types, which the compiler would read for each program.
      lib: ['es2022'],
      types: [],
      noUnusedLocals: false,
    },
  }),
  'src/index.ts': CLIENT,
  'src/client.test-d.ts': TYPE_TEST,
  'examples/names.ts': EXAMPLE,
};

let root: string;

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], {
    cwd: root,
    stdio: 'pipe',
  });

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ev-energy-consumers-test-'));
  await write({ ...FILES, '.gitignore': 'node_modules\n*.tgz\n' });
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'dir');
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'Release');
  git('tag', 'v0.1.0');
});
afterEach(() => rm(root, { recursive: true }));

const planted = () =>
  write({
    'src/index.ts': CLIENT.replace('models', 'evse_models').replace('name: string', 'name: string | null'),
    // Today's consumers follow the change; those of the former release matter.
    'src/client.test-d.ts': '',
    'examples/names.ts': '',
  });

const BROKEN = [
  { file: 'examples/names.ts', line: 3, message: "'make.name' is possibly 'null'." },
  { file: 'src/client.test-d.ts', line: 4, message: "Property 'models' does not exist on type 'Make'." },
];

describe('consumers of a former release', () => {
  it('still compile where nothing changed, but for what never did', async () => {
    const result = await checkConsumers(root);
    expect(result).toEqual({
      base: 'v0.1.0',
      files: ['examples/names.ts', 'src/client.test-d.ts'],
      broken: [],
    });
    expect(renderConsumers(result)).toContain('All of them still compile.');
  });

  it('show what a planted break would stop', async () => {
    await planted();
    const result = await checkConsumers(root);
    expect(result.broken).toEqual(BROKEN);
    expect(renderConsumers(result)).toContain("  examples/names.ts:3 'make.name' is possibly 'null'.\n");
  });

  it('show a call that is no longer refused, where a type test says so', async () => {
    await write({ 'src/index.ts': CLIENT.replace('page_size?: number', '[name: string]: number') });
    const { broken } = await checkConsumers(root);
    expect(broken).toEqual([
      { file: 'src/client.test-d.ts', line: 5, message: "Unused '@ts-expect-error' directive." },
    ]);
  });

  it('come from a revision, a folder or a tarball', async () => {
    const folder = join(root, '..', `${root.split('/').at(-1)}-former`);
    const tarball = join(root, 'former.tgz');
    git('archive', '--prefix=package/', '--output', tarball, 'HEAD');
    git('worktree', 'add', '-q', folder, 'HEAD');
    try {
      await planted();
      for (const base of ['HEAD', folder, tarball]) {
        expect((await checkConsumers(root, base)).broken).toEqual(BROKEN);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

it('spec consumers says when there is no former release to compare with', async () => {
  await expect(checkConsumers(root, 'v9')).rejects.toThrow(
    "'v9' is neither a Git revision nor a folder nor a tarball",
  );
  await expect(checkConsumers(root, '--remote=x')).rejects.toThrow('is neither a Git revision');
  await expect(checkConsumers(root, join(root, 'node_modules/tsx'))).rejects.toThrow(
    'holds no type tests (*.test-d.ts) and no examples',
  );
  git('tag', '-d', 'v0.1.0');
  await expect(checkConsumers(root)).rejects.toThrow(
    'There is no release tag yet; say --base REF|FOLDER|TARBALL',
  );
});
