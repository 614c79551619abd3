import { copyFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPrism } from '../../src/contract/targets/mock/prism.js';
import { vendoredDocument } from '../../src/document/index.js';
import { type Fake, startFake } from '../../src/testing/index.js';
import { project, tool } from '../package/project.js';
import { ROOT } from '../root.js';
import { run } from '../run.js';
import { pageAt, readPages } from './pages.js';
import { COMPILED, PRINTED } from './printed.js';
import { type Program, programsOf } from './programs.js';
import { TRIALS } from './trials.js';

const programs = programsOf([...readPages(), pageAt('scripts/docs/schema.md')]);
const toRun = programs.filter(({ printed }) => printed !== COMPILED);

/** Programs of `node:test` print when their process ends, so each gets its own process. */
const alone = ({ code }: Program) => code.includes("from 'node:test'");

/** Packages that the pages use: those of tools.json, and this project's. */
const TOOLS = [
  'undici',
  'ioredis',
  'bullmq',
  'react',
  '@types/react',
  '@tanstack/react-query',
  'openapi-react-query',
];
const OURS = ['msw', 'vitest', '@opentelemetry/api'];

/** Redirects requests for the mock's usual port, which may be in use, to the port it listens on. */
const rerouted = (url: string) => `
const { fetch } = globalThis;
globalThis.fetch = (target, init) =>
  fetch(typeof target === 'string' ? target.replace(/^http:\\/\\/127\\.0\\.0\\.1:4010(?!\\d)/, '${url}') : target, init);
`;

/** How all of them are compiled, together. */
const config = () => ({
  compilerOptions: {
    module: 'nodenext',
    target: 'ES2022',
    lib: ['ES2022', 'ESNext.Disposable', 'DOM', 'DOM.Iterable'],
    jsx: 'react-jsx',
    types: ['node'],
    typeRoots: [tool('@types', '')],
    strict: true,
    exactOptionalPropertyTypes: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    noEmit: true,
    moduleDetection: 'force',
  },
});

let fake: Fake;
let prism: Awaited<ReturnType<typeof startPrism>>;
let folder: string;

beforeAll(async () => {
  [fake, prism] = await Promise.all([startFake(), startPrism(vendoredDocument(), 0)]);
  const files = programs.map(({ name, language, code }) => [`${name}.${language}`, code] as const);
  folder = await project(
    {
      ...Object.fromEntries(files),
      'rerouted.mjs': rerouted(prism.url),
      'package.json': '{ "private": true, "type": "module" }',
    },
    TOOLS,
  );
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config()));
  for (const file of ['ambient.d.ts', 'run-programs.mjs'])
    copyFileSync(join(import.meta.dirname, file), join(folder, file));
  for (const name of OURS) await link(name);
  for (const { name, code, trial } of toRun) {
    const script = await transform(code + trial, { loader: 'ts', target: 'node20' });
    await writeFile(join(folder, `${name}.mjs`), script.code);
  }
});
afterAll(async () => {
  await fake.close();
  await prism.stop();
});

async function link(name: string): Promise<void> {
  const place = join(folder, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(join(ROOT, 'node_modules', name), place);
}

/** Runs Node on files of the project, with the programs' environment variables. */
function node(...args: string[]) {
  const env = {
    EV_ENERGY_BASE_URL: fake.url,
    EV_ENERGY_CLIENT_ID: fake.clientId,
    EV_ENERGY_CLIENT_SECRET: fake.clientSecret,
  };
  return run(process.execPath, ['--import', './rerouted.mjs', ...args], {
    cwd: folder,
    env,
    timeout: 60_000,
  });
}

describe('the programs of the README and the pages', { timeout: 120_000 }, () => {
  it('compile', async () => {
    // The fastest compiler; the consumers of typescript.test.ts are compiled with each.
    const tsc = tool('typescript-7', 'bin/tsc');
    expect(await run(process.execPath, [tsc], { cwd: folder })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('print what is expected of them', async () => {
    const together = toRun.filter((program) => !alone(program));
    const { code, stdout, stderr } = await node('run-programs.mjs', ...together.map(({ name }) => name));
    const lines = stdout.trim().split('\n');
    const ended: { name: string; stdout: string; stderr: string }[] = lines.map((line) => JSON.parse(line));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(ended.map(({ name }) => name)).toEqual(together.map(({ name }) => name));
    for (const [index, { place, printed }] of together.entries()) {
      expect.soft(ended[index]?.stderr, place).toBe('');
      expect.soft(ended[index]?.stdout, place).toMatch(printed ?? 'an expectation for each program');
    }
  });

  it.each(toRun.filter(alone))('pass, where they are a test: $place', async ({ name, printed }) => {
    const { code, stdout, stderr } = await node(`${name}.mjs`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(printed ?? 'an expectation for each program');
  });

  it('have an expectation each, and a trial where they only define something', () => {
    const expected = Object.entries(PRINTED).flatMap(([page, printed]) =>
      printed.map((one, index) => [page, index, one]),
    );
    const found = new Map<string, number>();
    const told = programs.map(({ place, printed }) => {
      const page = place.replace(/, .*/, '');
      const index = found.get(page) ?? 0;
      found.set(page, index + 1);
      return [page, index, printed];
    });
    const inOrder = (list: unknown[][]) => list.map(String).sort();
    expect(inOrder(told)).toEqual(inOrder(expected));
    const tried = TRIALS.map(([defines]) => programs.filter(({ code }) => code.includes(defines)).length);
    expect(tried).toEqual(TRIALS.map(() => 1));
  });
});
