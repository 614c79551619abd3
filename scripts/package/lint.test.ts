import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
] as const;

const RULES = ['noNodejsModules', 'noRestrictedImports', 'noRestrictedGlobals'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-'));
  const settings = JSON.parse(await readFile(join(ROOT, 'biome.json'), 'utf8')) as object;
  await writeFile(join(folder, 'biome.json'), JSON.stringify({ ...settings, vcs: { enabled: false } }));
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
  return RULES.filter((rule) => stdout.includes(rule));
}

describe('lint of the web-standard part', () => {
  it.each(FORBIDDEN)('finds %j', async (text, rule) => {
    expect(await broken('src/auth/example.ts', text)).toEqual([rule]);
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
    expect(await broken('src/auth/example.ts', text)).toEqual([]);
  });
});
