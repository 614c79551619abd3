import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { run } from '../run.js';
import { runCommand } from '../test/command.js';
import { project } from './project.js';

const COLUMNS = 80;

let folder: string;
let main: (args: readonly string[], io: object) => Promise<number>;
const before = process.cwd();

beforeAll(async () => {
  folder = await project({
    'old.yaml': 'openapi: 3.1\ninfo: { title: T, version: "1" }\npaths: {}\n',
    'broken.yaml': 'openapi: [',
    'other.yaml': 'name: value\n',
    'broken.har': '{',
    'list.yaml': '- rule: no-such-rule\n',
    file: '',
  });
  process.chdir(folder);
  ({ main } = await import(
    pathToFileURL(join(folder, 'node_modules/ev-energy-client/dist/src/contract/cli/main.js')).href
  ));
}, 300_000);
afterAll(() => process.chdir(before));

/** Runs the installed command in this process, in its project's folder; also returns the length of the longest line. */
async function contract(line: string, environment: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runCommand(
    (args, io) => main(args, { ...io, environment }),
    ...line.split(' '),
  );
  const lines = `${stdout}${stderr}`.split('\n');
  return { code, stdout, stderr, columns: Math.max(...lines.map((text) => text.length)) };
}

/** Invalid command lines, and what the error says to do. */
const ERRORS: readonly (readonly [string, RegExp])[] = [
  ['chek', /there are check \(the default\), verify and compare/],
  ['check more', /'more' is one argument too many/],
  ['verify', /verify FILE\.har/],
  ['verify missing.har', /takes a HAR file/],
  ['verify broken.har', /takes a HAR file/],
  ['compare --base-url http://127.0.0.1:1', /compare --base-url A --base-url B/],
  ['--tagret live', /did you mean --target\?/],
  ['--target', /--target needs a value/],
  ['--target lvie', /must be mock, fake, hosted-mock, staging or live/],
  ['--target live', /set EV_ENERGY_CLIENT_ID/],
  ['--target staging', /set EV_ENERGY_CLIENT_ID[\s\S]*EV_ENERGY_STAGING_/],
  // Prism is not among the runtime dependencies.
  ['--target mock', /Run: npm install --save-dev\s@stoplight\/prism-cli/],
  ['--target fake --max-requests 0', /--max-requests must be a whole number from 1/],
  ['--target fake --timeout soon', /--timeout must be a whole number from 1/],
  ['--target fake --operation get-evse_make', /did you mean get-evse_makes\?/],
  ['--target fake --operation nothing', /its operationId is needed/],
  ['--target fake --id evse_id', /--id must be NAME=VALUE/],
  ['--target fake --report pdf=report.pdf', /as html=report\.html/],
  [
    '--target fake --operation get-evse_makes --report json=file/report.json',
    /can't be written to file\/report\.json/,
  ],
  ['--target fake --spec missing.yaml', /missing\.yaml: no such file/],
  ['--target fake --spec old.yaml', /write\s'3\.1\.0'/],
  ['--target fake --spec broken.yaml', /line 1, column \d+: Flow sequence/],
  ['--target fake --spec other.yaml', /must be OpenAPI 3\.x/],
  ['--target fake --accept missing.yaml', /takes a YAML file/],
  ['--target fake --accept list.yaml', /--list-rules shows them/],
  ['--target fake --target live --base-url https://api.example', /one --target/],
  ['--target live --base-url http://api.example', /must be https/],
  ['--target live --base-url nonsense', /must be a URL/],
  ['--explain walk-oder', /did you mean walk-order\?/],
  ['--explain nothing', /--list-rules shows them/],
];

describe('the installed command', { timeout: 60_000 }, () => {
  it.each(ERRORS)('says what to do when it is called with %s', async (line, advice) => {
    const { code, stderr, columns } = await contract(line);
    expect(code).toBe(2);
    expect(stderr).toMatch(advice);
    expect(stderr).not.toContain('    at ');
    expect(columns).toBeLessThanOrEqual(COLUMNS);
  });

  it('asks whether the server runs where no answer comes, without showing the token', async () => {
    const { code, stderr, columns } = await contract('--target live --base-url http://127.0.0.1:1', {
      EV_ENERGY_ACCESS_TOKEN: 'a-secret',
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/Is the server running, and is the\saddress right/);
    expect(stderr).not.toContain('a-secret');
    // The progress erases its line.
    expect(columns).toBeLessThanOrEqual(COLUMNS);
  });

  it('takes the fake where no target is named and Prism is not installed', async () => {
    const { code, stdout, stderr } = await contract('--operation get-evse_makes');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("Note: Prism isn't installed, so the fake is checked in place of the mock.\n");
    expect(stdout).toContain('fake');
  });

  it.each([
    ['--tagret live', 2],
    ['--version', 0],
    ['--target fake --operation get-evse_makes', 0],
  ])('runs as a program of its own, which ends with its exit code: %s', async (line, expected) => {
    const program = join(folder, 'node_modules/.bin/ev-energy-contract');
    const { code, stdout, stderr } = await run(program, line.split(' '), { cwd: folder });
    expect(code, stderr).toBe(expected);
    expect(expected === 0 ? stdout : stderr).not.toBe('');
    expect(stderr).not.toContain('    at ');
  });

  it.each(['--help', '--list-rules', '--target fake --verbose --operation get-evse_makes'])(
    'prints no line of more than 80 columns: %s',
    async (line) => {
      const { code, stdout, columns } = await contract(line);
      expect(code).toBe(0);
      expect(stdout.split('\n').length).toBeGreaterThan(8);
      expect(columns).toBeLessThanOrEqual(COLUMNS);
    },
  );

  it('explains each rule within 80 columns', async () => {
    const files = await readdir(join(ROOT, 'src/contract/rules'));
    const rules = files.filter((file) => !file.includes('.test.')).map((file) => file.replace('.ts', ''));
    expect(rules.length).toBeGreaterThan(50);
    const { explainRule } = await import('../../src/contract/cli/rules.js');
    const { rules: loaded } = await import('../../src/contract/index.js');
    for (const rule of rules) {
      const text = explainRule(loaded, rule);
      expect(Math.max(...text.split('\n').map((line) => line.length)), rule).toBeLessThanOrEqual(COLUMNS);
    }
  });
});
