import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';

interface Manifest {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
  license: string;
}

const read = (file: string) => readFile(join(ROOT, file), 'utf8');
const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
  await read('package.json'),
) as Manifest;
/** The packages that are always installed, then those that a user may add. */
const names = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];

describe('runtime dependencies', () => {
  it('are those that CONTRIBUTING gives reasons for', async () => {
    const [, section = ''] = (await read('CONTRIBUTING.md')).split('## Runtime dependencies\n');
    const rows = section.split('\n## ')[0]?.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm) ?? [];
    const reasons = new Map([...rows].map(([, name, reason]) => [name, reason]));
    expect([...reasons.keys()]).toEqual(names);
    for (const reason of reasons.values()) expect(reason?.length).toBeGreaterThan(20);
  });

  it('are these and no more', () => {
    expect(Object.keys(dependencies)).toEqual([
      'ajv',
      'ajv-formats',
      'commander',
      'oauth4webapi',
      'openapi-fetch',
      'openapi-typescript-helpers',
      'standardwebhooks',
      'yaml',
    ]);
  });

  it('are joined by peers that a user may do without', () => {
    expect(Object.keys(peerDependencies)).toEqual([
      '@types/node',
      'bullmq',
      'fast-check',
      'fzstd',
      'hyparquet',
      'hyparquet-writer',
      'ioredis',
      'undici',
    ]);
    for (const name of Object.keys(peerDependencies))
      expect(peerDependenciesMeta[name]).toEqual({ optional: true });
  });

  it('are pinned', () => {
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('are all imported by what is shipped, and nothing else is', async () => {
    const files = await readdir(join(ROOT, 'src'), { recursive: true });
    const shipped = files.filter((file) => /(?<!\.test|\.test-d)\.ts$/.test(file));
    const imported = new Set<string>();
    for (const file of shipped) {
      for (const [, name = ''] of (await read(join('src', file))).matchAll(IMPORT)) {
        imported.add(name);
      }
    }
    const modules = names.filter((name) => !name.startsWith('@types/'));
    expect([...imported].sort()).toEqual(modules.sort());
  });

  it('are under permissive licences', async () => {
    for (const name of names) {
      const { license } = JSON.parse(await read(`node_modules/${name}/package.json`)) as Manifest;
      expect(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'], name).toContain(license);
    }
  });
});

/** The package of an import that is neither relative nor Node's own. */
const IMPORT = /(?:from|import)[\s(]*'(?!node:|\.|ev-energy-client)((?:@[\w-]+\/)?[\w.-]+)[^']*'/g;
