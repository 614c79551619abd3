import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run } from '../../run.js';
import { completeSwap, readFiles, swapIn } from './swap.js';

/** Runs a swap and kills it at its nth change of the file system; prints whether it was completed. */
const KILLED = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const [swap, root, from, count] = process.argv.slice(2);
const { swapIn } = await import(swap);
let left = Number(count);
for (const name of ['mkdirSync', 'openSync', 'writeSync', 'renameSync', 'rmSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    if (left-- === 0) process.kill(process.pid, 'SIGKILL');
    return real(...args);
  };
}
syncBuiltinESMExports();
swapIn(root, from, ['a.txt', 'folder']);
`;

const OLD = { 'a.txt': 'old', 'folder/gone.txt': 'old', 'folder/same.txt': 'same' };
const NEW = { 'a.txt': 'new', 'folder/came.txt': 'new', 'folder/same.txt': 'same' };

let folder: string;
const project = (name: string) => join(folder, name);
const tree = (name: string) =>
  Object.fromEntries([...readFiles(project(name), '.')].map(([file, content]) => [file, String(content)]));

async function make(name: string, files: Record<string, string>): Promise<void> {
  await mkdir(join(project(name), 'folder'), { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(project(name), file), text);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ev-energy-swap-'));
  await make('old', OLD);
  await make('new', NEW);
});
afterEach(() => rm(folder, { recursive: true }));

it('a swap makes one project what another is, and leaves nothing of itself behind', () => {
  const changed = ['a.txt', 'folder/came.txt', 'folder/gone.txt'];
  expect(swapIn(project('old'), project('new'), ['a.txt', 'folder'])).toEqual(changed);
  expect(tree('old')).toEqual(NEW);
  expect(completeSwap(project('old'))).toBe(false);
});

it('a swap that is killed at any of its steps is completed by the next start, or never was', async () => {
  const script = join(folder, 'killed.mjs');
  await writeFile(script, KILLED);
  const swap = join(folder, 'swap.mjs');
  await build({ entryPoints: [join(import.meta.dirname, 'swap.ts')], outfile: swap, format: 'esm' });
  const outcomes: string[] = [];
  for (let count = 0, ended = false; !ended; count++) {
    const name = `try${count}`;
    await make(name, OLD);
    const args = [script, swap, project(name), project('new'), String(count)];
    ended = await run(process.execPath, args).then(
      ({ code, stderr }) => code === 0 || Promise.reject(new Error(stderr)),
      (cause: Error) => /was killed/.test(cause.message) === false && Promise.reject(cause),
    );
    completeSwap(project(name));
    const now = tree(name);
    expect(now).toEqual(now['a.txt'] === 'new' ? NEW : OLD);
    outcomes.push(String(now['a.txt']));
  }
  // Old up to the journal, new from then on.
  expect(outcomes.join(' ')).toMatch(/^(old ){5,}(new ){5,}new$/);
}, 240_000);
