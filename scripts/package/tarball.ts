import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../root.js';
import { INSTALL, output } from '../run.js';
import { cached } from './cache.js';

/** Files and folders that the tarball is built from. */
const INPUTS: readonly string[] = [
  'src',
  'generated',
  'openapi',
  'contract-tests/accepted',
  'scripts/build.ts',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
  'README.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'docs/guide',
  'docs/recipes',
  'docs/benchmarks.md',
  'docs/index.md',
  'docs/public/report.png',
  'examples',
  'LICENSE',
];

const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
};

/** Path of the packed package, rebuilt if any of its inputs has changed. */
export async function tarball(): Promise<string> {
  const folder = await cached('tarball', INPUTS, async (into) => {
    await output('npm', ['pack', '--pack-destination', into], { cwd: ROOT, timeout: 300_000 });
  });
  return join(folder, `${name}-${version}.tgz`);
}

/** A folder in which npm has installed only the package. */
export function installation(): Promise<string> {
  return cached('installation', INPUTS, async (into) => {
    await writeFile(join(into, 'package.json'), '{ "private": true, "type": "module" }\n');
    await output('npm', [...INSTALL, await tarball()], { cwd: into, timeout: 300_000 });
  });
}
