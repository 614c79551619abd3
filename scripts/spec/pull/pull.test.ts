import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadDocument } from '../../../src/document/index.js';
import { ROOT } from '../../root.js';
import { DOCUMENT, LINT_RULES } from '../places.js';
import { type PullOptions, pull } from './pull.js';
import { readFiles } from './swap.js';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}.yaml`, import.meta.url));
const august = await readFile(fixture('august-2026'), 'utf8');

/** A project of the same shape, whose scripts take no time and fail when the document says so. */
const SCRIPTS = {
  generate: 'node step.mjs generate',
  'check:generated': 'node step.mjs check-generated',
  'check:types': 'node step.mjs check-types',
};
const STEP = `
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
const step = process.argv[2];
const text = readFileSync('${DOCUMENT}', 'utf8');
if (text.includes('FAIL ' + step)) { console.error(step + ' says no'); process.exit(1); }
if (text.includes('HANG ' + step)) setInterval(() => {}, 1000);
if (step === 'generate') {
  rmSync('generated/old.ts', { force: true });
  mkdirSync('generated', { recursive: true });
  writeFileSync('generated/client.ts', '// ' + text.length);
}
`;

let root: string;
let server: Server;
let url: string;
let body = '';

beforeAll(async () => {
  server = createServer((_, response) => response.end(body));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/document.yaml`;
});
afterAll(() => server.close());

beforeEach(async () => {
  body = august;
  root = await mkdtemp(join(tmpdir(), 'ev-energy-pull-'));
  await mkdir(join(root, 'openapi'));
  await mkdir(join(root, 'generated'));
  await cp(fixture('seed-page'), join(root, DOCUMENT));
  await cp(join(ROOT, LINT_RULES), join(root, LINT_RULES));
  await writeFile(join(root, 'package.json'), JSON.stringify({ version: '0.4.0', scripts: SCRIPTS }));
  await writeFile(join(root, 'step.mjs'), STEP);
  await writeFile(join(root, 'generated/old.ts'), '// old');
  const action = { target: '$.info', description: 'A title of ours.', update: { title: 'Ours' } };
  await writeFile(
    join(root, 'openapi/overlay.yaml'),
    stringify({ overlay: '1.0.0', extends: url, actions: [action] }),
  );
});
afterEach(() => rm(root, { recursive: true }));

const tree = () =>
  Object.fromEntries([...readFiles(root, '.')].map(([name, bytes]) => [name, String(bytes)]));

async function refused(options: PullOptions = {}): Promise<string> {
  const before = tree();
  const error = await pull(root, options).then(
    () => new Error('was not refused'),
    (cause: Error) => cause,
  );
  expect(tree()).toEqual(before);
  return error.message;
}

describe('a change upstream', () => {
  it('is fetched from where the overlay says, corrected, shown, written and generated from', async () => {
    const lines: string[] = [];
    const { report, written } = await pull(root, { progress: (line) => lines.push(line) });
    expect(report).toContain('EVSEMake.evse_models was "models": renamed');
    expect(report).toContain('Proposed version: 0.5.0 (minor)');
    expect(written).toEqual(['generated/client.ts', 'generated/old.ts', DOCUMENT]);
    const document = await loadDocument(join(root, DOCUMENT));
    expect(document.info.title).toBe('Ours');
    expect(document.paths).toEqual((await loadDocument(fixture('august-2026'))).paths);
    expect(tree()).toHaveProperty(['generated/client.ts'], `// ${tree()[DOCUMENT]?.length}`);
    expect(tree()).not.toHaveProperty(['generated/old.ts']);
    expect(lines).toContain('Corrected:\n  1 × A title of ours.');
  });

  it('changes no byte when it is pulled again', async () => {
    await pull(root);
    const before = tree();
    const { report, written } = await pull(root);
    expect(report).toBe(`No change: ${DOCUMENT} is what ${url} gives.\n`);
    expect(written).toEqual([]);
    expect(tree()).toEqual(before);
  });

  it('comes from a file, as JSON too', async () => {
    const file = join(root, 'published.json');
    await writeFile(file, JSON.stringify(await loadDocument(fixture('august-2026'))));
    expect((await pull(root, { from: file })).written).toContain(DOCUMENT);
  });

  it('is only shown with dryRun', async () => {
    const before = tree();
    const { report, written } = await pull(root, { dryRun: true });
    expect(report).toContain('1 breaking');
    expect(written).toEqual([]);
    expect(tree()).toEqual(before);
  });

  it('is shown against another document with dryRun alone', async () => {
    await cp(fixture('august-2026'), join(root, DOCUMENT));
    const { report } = await pull(root, { dryRun: true, base: fixture('seed-page') });
    expect(report).toContain('1 breaking');
    expect(report).toContain(fixture('seed-page'));
    expect(await refused({ base: fixture('seed-page') })).toContain('--base needs --dry-run');
  });

  it('that breaks the types is written with skipChecks only', async () => {
    body = august.replace('version: "2.0"', 'version: FAIL check-types');
    const message = await refused();
    expect(message).toContain(
      'npm run check:types fails with the new document; nothing was changed:\ncheck-types says no',
    );
    expect(message).toContain('EVSEMake.evse_models was "models": renamed');
    expect(message).toContain('pull with --skip-checks');
    expect((await pull(root, { skipChecks: true })).written).toContain(DOCUMENT);
  });
});

describe('the project stays as it was', () => {
  it.each([
    ['generate', 'npm run generate fails with the new document; nothing was changed:\ngenerate says no'],
    ['check-generated', 'npm run check:generated fails with the new document'],
  ])('when %s fails', async (step, message) => {
    body = august.replace('version: "2.0"', `version: FAIL ${step}`);
    expect(await refused()).toContain(message);
  });

  it.each([
    ['no document', '<html>', 'is a web page, not an OpenAPI document'],
    ['a truncated one', august.slice(0, 20_000), 'is incomplete: it refers to'],
    [
      'one cut in the middle of a line',
      JSON.stringify({ openapi: '3.1.0', info: {} }).slice(0, -1),
      'is neither JSON nor YAML',
    ],
    ['another API', august.replaceAll('ev.energy/', 'example.com/'), 'is a document of another API'],
    ['OpenAPI 2', 'swagger: "2.0"', 'must be OpenAPI 3.x'],
    [
      'a document with lint errors',
      august.replace('summary: List EVSE makes', 'sumary: x'),
      'The document has errors; correct them in openapi/overlay.yaml',
    ],
    [
      'operations that collide',
      august.replace('operationId: get-evse_makes\n', 'operationId: get-evse_makes-evse_make_id\n'),
      'operationId',
    ],
  ])('with %s', async (_, text, message) => {
    expect(text).not.toBe(august);
    body = text;
    expect(await refused()).toContain(message);
  });

  it('without an address', async () => {
    await writeFile(join(root, 'openapi/overlay.yaml'), 'overlay: 1.0.0\nactions: []');
    expect(await refused()).toBe(
      "Say --from URL|FILE, or name the document in 'extends' of openapi/overlay.yaml",
    );
  });

  it.each(['Fetching', 'Linting', 'Comparing', 'Generating', 'Running'])(
    'when it is stopped while %s',
    async (step) => {
      const controller = new AbortController();
      body = august.replace('version: "2.0"', 'version: HANG generate, HANG check-types');
      const progress = (line: string) => {
        if (line.startsWith(step))
          setTimeout(() => controller.abort(new Error('stopped')), step === 'Generating' ? 300 : 0);
      };
      const hangs =
        step === 'Generating' ? body : august.replace('version: "2.0"', 'version: HANG check-types');
      body = hangs;
      expect(await refused({ signal: controller.signal, progress })).toBe('stopped');
    },
  );

  it('when files can not be written', async () => {
    // A folder in the place of a file that is to be written: renaming onto it fails.
    await mkdir(join(root, 'generated/client.ts'), { recursive: true });
    await writeFile(join(root, 'generated/client.ts/keep'), '');
    expect(await refused()).toMatch(/EISDIR|ENOTEMPTY|EEXIST/);
  });
});

describe('the command', () => {
  it('ends at Ctrl-C with 130 and says that nothing was changed', async () => {
    const silent = createServer();
    const asked = new Promise((done) => silent.once('request', done));
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const from = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const document = await readFile(join(ROOT, DOCUMENT));
    const args = ['--import', 'tsx', join(ROOT, 'scripts/spec/main.ts'), 'pull', '--from', from];
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (part) => {
      stderr += part;
    });
    const ended = new Promise((done) => child.once('exit', done));
    await asked;
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(stderr).toContain('spec: Interrupted; nothing was changed');
    expect(await readFile(join(ROOT, DOCUMENT))).toEqual(document);
    silent.close();
  });
});
