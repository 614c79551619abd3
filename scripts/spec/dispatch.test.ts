import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { run } from '../run.js';
import { runCommand } from '../test/command.js';
import { main } from './dispatch.js';

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}.yaml`, import.meta.url));
const seedPage = fixture('seed-page');
const august = fixture('august-2026');

const spec = (...args: string[]) => runCommand(main, ...args);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ev-energy-spec-main-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function changed(name: string, from: string, to: string): Promise<string> {
  const text = await readFile(august, 'utf8');
  expect(text).toContain(from);
  const file = join(folder, name);
  await writeFile(file, text.replace(from, to));
  return file;
}

describe('diff', () => {
  it('exits with 1 and shows what breaks, for whom, and the next version', async () => {
    const { code, stdout } = await spec('diff', '--base', seedPage, '--revision', august);
    expect(code).toBe(1);
    expect(stdout).toContain(`1 breaking, 13 compatible, 1 editorial.

Breaking (code that uses the client may fail to compile, or meet what it did not expect)
  - EVSEMake.evse_models was "models": renamed
      methods: evseMakes.list, evseMakes.retrieve, evses.statusLogs.list
      types: EVSEMake
`);
    expect(stdout).toMatch(/Proposed version: \d+\.\d+\.\d+ \((minor|major)\): there are breaking changes/);
  });

  it('exits with 0 when nothing breaks', async () => {
    const file = await changed(
      'compatible.yaml',
      'is_beta:\n',
      'is_gamma:\n          type: boolean\n        is_beta:\n',
    );
    const { code, stdout } = await spec('diff', '--base', august, '--revision', file, '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      reportVersion: 1,
      summary: { breaking: 0, compatible: 1, editorial: 0 },
      changes: [{ impact: 'compatible', message: 'EVSEMake.is_gamma added', types: ['EVSEMake'] }],
    });
    expect(await spec('diff', '--base', august, '--revision', august)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No changes.'),
    });
  });

  it('writes the text of a pull request', async () => {
    const { stdout } = await spec('diff', '--base', seedPage, '--revision', august, '--format', 'markdown');
    expect(stdout).toContain('**1 breaking, 13 compatible, 1 editorial.**');
    expect(stdout).toContain('### Breaking\n');
    expect(stdout).toContain('- **EVSEStatusLog.mode added** (`evses.statusLogs.list`) · `EVSEStatusLog`\n');
    expect(stdout).toContain('<details><summary>3 methods</summary><code>evseMakes.list</code>');
  });

  it.each([
    [
      ['--base', 'no-such-revision'],
      "'no-such-revision' is neither a file nor a Git revision that has openapi/",
    ],
    [['--base', '--output=x'], "Option '--base"],
    [['--base', seedPage, '--format', 'xml'], "--format must be text, json, markdown, changeset, not 'xml'"],
    [['--base', fixture('../main')], 'is neither a file nor a Git revision'],
    [['--bse', 'HEAD'], "Unknown option '--bse'"],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, stderr, stdout } = await spec('diff', ...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });

  it('exits with 2 for a document that no client can be made of', async () => {
    const file = await changed(
      'twice.yaml',
      'operationId: get-evse_makes\n',
      'operationId: get-evse_makes-evse_make_id\n',
    );
    const { code, stderr } = await spec('diff', '--base', august, '--revision', file);
    expect(code).toBe(2);
    expect(stderr).toContain('have the same operationId');
  });
});

describe('lint', () => {
  it('exits with 0 for the vendored document', async () => {
    expect(await spec('lint')).toMatchObject({ code: 0, stdout: 'No problems.\n' });
  });

  it('exits with 1 and says what is wrong and where', async () => {
    const file = await changed('wrong.yaml', 'summary: List EVSE makes', 'sumary: List EVSE makes');
    // A field that each object of JavaScript has keeps nothing from being found.
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('is_beta', 'hasOwnProperty'));
    const { code, stdout } = await spec('lint', '--spec', file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/error struct: .*sumary.*\n {4}at #\/paths\/~1evse_makes\/get\/sumary/);
    expect(stdout).toMatch(/\d errors, \d+ warnings\.\n$/);
  });

  it('exits with 2 for what is no document', async () => {
    expect(await spec('lint', '--spec', join(folder, 'gone.yaml'))).toMatchObject({ code: 2, stdout: '' });
  });

  it('says why a file is no document, and no more', async () => {
    const file = join(folder, 'words.yaml');
    await writeFile(file, 'just words');
    const { code, stderr } = await spec('lint', '--spec', file);
    expect(code).toBe(2);
    expect(stderr).toContain('Document must be JSON object, got string');
    expect(stderr).not.toContain('Deprecation warning');
  });
});

describe('the command line', () => {
  it('explains itself', async () => {
    const { code, stdout } = await spec('--help');
    expect(code).toBe(0);
    for (const name of ['pull', 'diff', 'lint', 'consumers'])
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    expect((await spec('pull', '--help')).stdout).toContain('--from URL|FILE');
  });

  it('exits with 2 for an unknown command', async () => {
    const { code, stderr } = await spec('push');
    expect(code).toBe(2);
    expect(stderr).toBe("spec: There is no command 'push'; there are pull, diff, lint, consumers\n");
  });

  it('runs as a program, which ends with its exit code', async () => {
    const { code, stderr } = await run('npm', ['--silent', 'run', 'spec', '--', 'push'], { cwd: ROOT });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^spec: /);
  });
});
