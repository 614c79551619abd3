import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { run } from '../run.js';

/** Files of a project with this one's lint settings, and the rule that each breaks. */
const PLANTED: readonly (readonly [file: string, text: string, rule: string | undefined])[] = [
  // Import circles: of values, of types, through a generated file, among generated files, and one that is closed late.
  ['src/a.ts', "import { b } from './b.js';\nexport const a = () => b;", 'noImportCycles'],
  ['src/b.ts', "import { a } from './a.js';\nexport const b = () => a;", 'noImportCycles'],
  ['src/c.ts', "import type { D } from './d.js';\nexport type C = D | 1;", 'noImportCycles'],
  ['src/d.ts', "import type { C } from './c.js';\nexport type D = C[];", 'noImportCycles'],
  ['src/e.ts', "import type { F } from '../generated/f.js';\nexport type E = F | 1;", 'noImportCycles'],
  ['generated/f.ts', "import type { E } from '../src/e.js';\nexport type F = E[];", 'noImportCycles'],
  ['generated/g.ts', "import type { H } from './h.js';\nexport type G = H | 1;", 'noImportCycles'],
  ['generated/h.ts', "import type { G } from './g.js';\nexport type H = G[];", 'noImportCycles'],
  ['src/i.ts', "export const i = () => import('./j.js');", 'noImportCycles'],
  ['src/j.ts', "import { i } from './i.js';\nexport const j = i;", 'noImportCycles'],
  ['src/k.ts', "export { l } from './l.js';", undefined],
  ['src/l.ts', 'export const l = 1;', undefined],
  // What a room must not import.
  ['src/client/auth/a.ts', "import { f } from '../../testing/index.js';\nf();", 'noRestrictedImports'],
  [
    'src/client/auth/b.ts',
    "import type { D } from '../../document/index.js';\nexport type E = D;",
    'noRestrictedImports',
  ],
  ['src/client/auth/c.ts', "import { c } from '../../contract/index.js';\nc();", 'noRestrictedImports'],
  ['src/client/d.ts', "import { parse } from 'yaml';\nparse('');", 'noRestrictedImports'],
  ['src/client/e.ts', "import { Ajv2020 } from 'ajv/dist/2020.js';\nnew Ajv2020();", 'noRestrictedImports'],
  ['src/client/f.ts', "import formats from 'ajv-formats';\nformats;", 'noRestrictedImports'],
  ['src/client/g.ts', "import 'ajv-formats/dist/formats.js';", 'noRestrictedImports'],
  ['src/client/h.test.ts', "import { f } from '../testing/index.js';\nf();", undefined],
  ['src/client/i.ts', "import { operations } from '../../generated/operations.js';\noperations;", undefined],
  [
    'src/document/a.ts',
    "import { EvEnergy } from '../client/ev-energy.js';\nnew EvEnergy();",
    'noRestrictedImports',
  ],
  ['src/document/b.ts', "import { parse } from 'yaml';\nparse('');", undefined],
  ['src/testing/a.ts', "import { check } from '../contract/index.js';\ncheck();", 'noRestrictedImports'],
  ['src/testing/b.ts', "import { loadDocument } from '../document/index.js';\nloadDocument('');", undefined],
  ['src/contract/a.ts', "import { startFake } from '../testing/index.js';\nstartFake();", undefined],
];

let folder: string;
let found: Map<string, Set<string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-'));
  const settings = JSON.parse(await readFile(join(ROOT, 'biome.json'), 'utf8')) as object;
  await writeFile(join(folder, 'biome.json'), JSON.stringify({ ...settings, vcs: { enabled: false } }));
  for (const [file, text] of PLANTED) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `${text}\n`);
  }
  const biome = join(ROOT, 'node_modules/.bin/biome');
  const { stdout } = await run(biome, ['lint', '--reporter=github', '--max-diagnostics=none', '.'], {
    cwd: folder,
  });
  found = new Map();
  for (const [, rule = '', file = ''] of stdout.matchAll(/title=lint\/\w+\/(\w+),file=([^,]+)/g)) {
    const name = file.replace(`${folder}/`, '');
    found.set(name, (found.get(name) ?? new Set()).add(rule));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('lint', () => {
  it.each(PLANTED)('says of %s with %j: %s', (file, _, rule) => {
    const rules = [...(found.get(file) ?? [])];
    expect(rules.filter((name) => ['noImportCycles', 'noRestrictedImports'].includes(name))).toEqual(
      rule === undefined ? [] : [rule],
    );
  });

  it('is part of `npm run check`, where a warning fails too', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts.check.split(' ')).toContain('check:lint');
    expect(scripts['check:lint']).toBe('biome check --error-on-warnings .');
  });
});
