import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { stringify } from 'yaml';
import { ROOT } from '../root.js';
import { run } from '../run.js';
import { DOCUMENT, LINT_RULES } from '../spec/places.js';
import { type Programs, type PullOptions, pull } from '../spec/pull/pull.js';
import { readFiles } from '../spec/pull/swap.js';

/** Steps of the project that take no time, and that fail or hang if the document says so. */
const SCRIPTS = {
  generate: 'node step.mjs generate',
  'check:client': 'node step.mjs check-client',
};

/**
 * For tests of how a pull runs its programs: the same steps without npm, and a lint that finds nothing. Starting the
 * real ones takes seconds.
 */
export const quickPrograms: Programs = {
  lint: async () => [],
  runScript: (stage, script, signal) =>
    run(process.execPath, ['step.mjs', script.replace(':', '-')], { cwd: stage, signal }),
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

export const pullFixture = (name: string) => join(ROOT, `scripts/spec/fixtures/${name}.yaml`);
export const august = await readFile(pullFixture('august-2026'), 'utf8');

export interface PullProject {
  root: string;
  /** URL of the published document. */
  url: string;
  /** The document that is served there. */
  body: string;
  /** The project's files, by name. */
  tree(): Record<string, string>;
  /** Runs a pull that must be refused and leave the project unchanged; returns the reason. */
  refused(options?: PullOptions, programs?: Programs): Promise<string>;
}

/** A project structured like this one, created for each test of a file, and a server with a published document. */
export function pullProject(): PullProject {
  const project: PullProject = {
    root: '',
    url: '',
    body: '',
    tree: () =>
      Object.fromEntries([...readFiles(project.root, '.')].map(([name, bytes]) => [name, String(bytes)])),
    async refused(options = {}, programs = undefined) {
      const before = project.tree();
      const error = await pull(project.root, options, programs).then(
        () => new Error('was not refused'),
        (cause: Error) => cause,
      );
      expect(project.tree()).toEqual(before);
      return error.message;
    },
  };
  let server: Server;
  beforeAll(async () => {
    server = createServer((_, response) => response.end(project.body));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    project.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/document.yaml`;
  });
  afterAll(() => server.close());

  beforeEach(async () => {
    project.body = august;
    const root = await mkdtemp(join(tmpdir(), 'ev-energy-pull-'));
    project.root = root;
    await mkdir(join(root, 'openapi'));
    await mkdir(join(root, 'generated'));
    await cp(pullFixture('seed-page'), join(root, DOCUMENT));
    await cp(join(ROOT, LINT_RULES), join(root, LINT_RULES));
    await writeFile(join(root, 'package.json'), JSON.stringify({ version: '0.4.0', scripts: SCRIPTS }));
    await writeFile(join(root, 'step.mjs'), STEP);
    await writeFile(join(root, 'generated/old.ts'), '// old');
    const action = { target: '$.info', description: 'A title of ours.', update: { title: 'Ours' } };
    await writeFile(
      join(root, 'openapi/overlay.yaml'),
      stringify({ overlay: '1.0.0', extends: project.url, actions: [action] }),
    );
  });
  afterEach(() => rm(project.root, { recursive: true }));
  return project;
}
