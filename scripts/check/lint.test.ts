import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './cache.js';
import { run } from './run.js';

/** What the client's files must not contain, and the rule that says so. */
const FORBIDDEN = [
  ["import { readFile } from 'node:fs/promises';\nreadFile('x');", 'noNodejsModules'],
  ["const crypto = await import('node:crypto');\ncrypto.randomUUID();", 'noNodejsModules'],
  ["import { parse } from 'yaml';\nparse('');", 'noRestrictedImports'],
  ["import { Ajv } from 'ajv';\nnew Ajv();", 'noRestrictedImports'],
  ["import { startFake } from '../testing/index.js';\nstartFake();", 'noRestrictedImports'],
  ["import { loadDocument } from '../document/index.js';\nloadDocument('');", 'noRestrictedImports'],
  ["export const home = process.env['HOME'];", 'noRestrictedGlobals'],
  ["export const bytes = Buffer.from('');", 'noRestrictedGlobals'],
  ['export const title = document.title;', 'noRestrictedGlobals'],
  ["export const kept = localStorage.getItem('token');", 'noRestrictedGlobals'],
  ["export const home = Deno.env.get('HOME');", 'noRestrictedGlobals'],
  ['export const scope = self;', 'noRestrictedGlobals'],
  ['export const agent = navigator.userAgent;', 'noRestrictedGlobals'],
  ["indexedDB.open('tokens');", 'noRestrictedGlobals'],
  ["import formats from 'ajv-formats';\nformats;", 'noRestrictedImports'],
  ["import 'ajv-formats/dist/formats.js';", 'noRestrictedImports'],
  ["import { Ajv2020 } from 'ajv/dist/2020.js';\nnew Ajv2020();", 'noRestrictedImports'],
  ['export const load = (name: string) => import(name);', 'plugin'],
  ['export const load = (name: string) => import(`./rules/` + name);', 'plugin'],
  ['export const agent = globalThis.navigator;', 'plugin'],
  ["export const agent = globalThis['navigator'];", 'plugin'],
] as const;

/** What the compiler finds, which has neither Node's types nor the DOM's there. */
const UNKNOWN = [
  ['setTimeout(() => {}, 1000).unref();', 'unref'],
  ['export const here = import.meta.dirname;', 'dirname'],
  ["export const bytes = globalThis.Buffer.from('');", 'globalThis'],
  ['export const home = globalThis.process.env.HOME;', 'globalThis'],
  ['export const title = globalThis.window.document.title;', 'globalThis'],
  ['export const bytes: NodeJS.ArrayBufferView | undefined = undefined;', 'NodeJS'],
  ["export const kept = localStorage.getItem('token');", 'localStorage'],
] as const;

const RULES = ['noNodejsModules', 'noRestrictedImports', 'noRestrictedGlobals', 'plugin'];

const CLIENT = join(ROOT, 'tsconfig.client.json');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-'));
  const settings = JSON.parse(await readFile(join(ROOT, 'biome.json'), 'utf8')) as object;
  await writeFile(join(folder, 'biome.json'), JSON.stringify({ ...settings, vcs: { enabled: false } }));
  await cp(join(ROOT, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The rules above that a text breaks when it stands in a file of that name. */
async function broken(file: string, text: string): Promise<string[]> {
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${text}\n`);
  const { stdout } = await run(join(ROOT, 'node_modules/.bin/biome'), ['lint', '--reporter=github', file], {
    cwd: folder,
  });
  return RULES.filter((rule) => new RegExp(`title=(lint/\\w+/)?${rule},`).test(stdout));
}

describe('lint of the web-standard part', () => {
  it.each(FORBIDDEN)('finds %j', async (text, rule) => {
    expect(await broken('src/client/auth/example.ts', text)).toEqual([rule]);
  });

  it('lets the parts for Node and the tests use Node', async () => {
    const [text] = FORBIDDEN[0];
    for (const room of ['contract', 'testing', 'document', 'auth']) {
      const file = room === 'auth' ? 'example.test.ts' : 'example.ts';
      expect(await broken(`src/${room}/${file}`, text)).toEqual([]);
    }
  });

  it('lets the client use web standards', async () => {
    const text = "export const answer = await fetch(new URL('https://api.example'));\ncrypto.randomUUID();";
    expect(await broken('src/client/auth/example.ts', text)).toEqual([]);
  });

  it('sees an import of a name that is known, and the one global that is asked for by name', async () => {
    const text = "export const load = () => import('./other.js');\nexport const send = globalThis.fetch;";
    expect(await broken('src/client/auth/example.ts', text)).toEqual([]);
  });
});

describe('the compiler of the web-standard part', { timeout: 60_000 }, () => {
  const tsc = (...args: string[]) =>
    run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '--pretty', 'false', ...args]);

  it.each(UNKNOWN)('finds %j', async (text, name) => {
    const own = await mkdtemp(join(folder, 'types-'));
    await writeFile(join(own, 'example.ts'), `${text}\nexport {};\n`);
    const config = { extends: CLIENT, compilerOptions: { rootDir: own }, files: ['example.ts'], include: [] };
    await writeFile(join(own, 'package.json'), '{ "type": "module" }');
    await writeFile(join(own, 'tsconfig.json'), JSON.stringify(config));
    const { stdout } = await tsc('-p', own);
    expect(stdout.match(/error TS/g), stdout).toHaveLength(1);
    expect(stdout).toContain(name);
  });

  it('is asked by `npm run check:types` about the same files as lint, and no others of src', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts['check:types'].split(' && ')).toContain('tsc -p tsconfig.client.json');
    const { stdout } = await tsc('-p', CLIENT, '--listFilesOnly');
    const compiled = stdout
      .split('\n')
      .map((file) => relative(ROOT, file))
      .filter((file) => file.startsWith('src/'));
    const all = await readdir(join(ROOT, 'src'), { recursive: true });
    const client = all.filter(
      (file) => /(?<!\.test|\.test-d)\.ts$/.test(file) && !/^(contract|testing|document)\//.test(file),
    );
    expect(compiled.sort()).toEqual(client.map((file) => `src/${file}`).sort());
  });
});
