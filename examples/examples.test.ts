import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { tool } from '../scripts/package/project.js';
import { ROOT } from '../scripts/root.js';
import { run } from '../scripts/run.js';
import { exampleProject, finish } from '../scripts/test/example.js';

const names = (await readdir(import.meta.dirname)).filter((name) => /(?<!\.test)\.ts$/.test(name));

let folder: string;
beforeAll(async () => {
  folder = await exampleProject(...names);
});

test('the examples compile where the package is installed', async () => {
  expect(names).toHaveLength(9);
  const compilerOptions = {
    module: 'nodenext',
    target: 'ES2023',
    strict: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  // The fastest of the compilers; the consumers of typescript.test.ts are compiled with each.
  const tsc = tool('typescript-7', 'bin/tsc');
  expect(await run(process.execPath, [tsc], { cwd: folder })).toEqual({ code: 0, stdout: '', stderr: '' });
}, 60_000);

describe.each(names)('%s', (name) => {
  let text: string;
  beforeAll(async () => {
    text = await readFile(join(import.meta.dirname, name), 'utf8');
  });

  test('can be read in a few minutes: it is shorter than 120 lines', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThan(120);
  });

  test('needs nothing but Node and the package, so that a copy of it works', () => {
    const modules = [...text.matchAll(/\bfrom '([^']+)'|\bimport\('([^']+)'\)/g)].map(
      ([, one, other]) => one ?? other,
    );
    expect(modules).toContain('ev-energy-client');
    for (const module of modules) expect(module).toMatch(/^(node:[a-z/]+|ev-energy-client(\/[a-z]+)?)$/);
  });

  test('tells with --help how it is used, on 80 columns, and asks for no credentials to do so', async () => {
    const { code, stdout, stderr } = await finish(folder, [name, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Usage: npx tsx ${name}`);
    expect(stdout).toContain('EV_ENERGY_BASE_URL');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

test('an example runs as its usage says, with tsx', async () => {
  const [name = ''] = names;
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  const { code, stdout, stderr } = await run(process.execPath, [tsx, name, '--help'], { cwd: folder });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`Usage: npx tsx ${name}`);
});

const texts = await Promise.all(names.map((name) => readFile(join(import.meta.dirname, name), 'utf8')));
const withArgument = names.filter((name, index) => texts[index]?.match(`Usage: npx tsx ${name} [A-Z]`));

test('some need an argument', () => {
  expect(withArgument).toHaveLength(3);
});

test.each(withArgument)(
  '%s without its argument fails, and prints nothing where its result would stand',
  async (name) => {
    const { code, stdout, stderr } = await finish(folder, [name]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/--help|Usage: npx tsx/);
  },
);
