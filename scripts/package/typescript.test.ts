import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { complaints, consumers, nodeOptions, RESOLUTIONS } from './compile.js';

/** The newest compiler, which is the fastest; typescript.long.test.ts has all of them with each resolution. */
const NODE = [{ compiler: 'typescript-7', resolution: 'bundler' }] as const;

let folder: string;
beforeAll(async () => {
  folder = await consumers();
});

describe('types of the installed package', { timeout: 120_000 }, () => {
  it.each(NODE)('serve a Node project with $compiler and $resolution', async ({ compiler, resolution }) => {
    const options = { ...RESOLUTIONS[resolution], ...nodeOptions() };
    expect(await complaints(folder, compiler, 'node.ts', options)).toBe('');
  });

  it('serve `require` with a module kind that knows of modules that can be required, and no other', async () => {
    expect(await complaints(folder, 'typescript-7', 'require.cts', { module: 'node20' })).toBe('');
    const former = await complaints(folder, 'typescript-7', 'require.cts', { module: 'node16' });
    expect(former).toContain('TS1479');
  });

  it('name @types/node as what they need for Node, for those who compile', async () => {
    const installed = join(folder, 'node_modules/ev-energy-client/package.json');
    const { peerDependencies, peerDependenciesMeta } = JSON.parse(await readFile(installed, 'utf8'));
    expect(peerDependencies).toMatchObject({ '@types/node': '*' });
    expect(peerDependenciesMeta).toMatchObject({ '@types/node': { optional: true } });
    const options = { ...RESOLUTIONS.node16, lib: ['ES2022'] };
    expect(await complaints(folder, 'typescript-7', 'contract.ts', options)).toMatch(
      /ev-energy-client\/dist\/.* Cannot find name '(fetch|URL|Headers)'/,
    );
  });

  it('are looked into: a wrong use is found', async () => {
    const found = await complaints(folder, 'typescript-7', 'wrong.ts', RESOLUTIONS.node16);
    expect(found.match(/error TS\d+/g)).toHaveLength(1);
    expect(found).toContain("'string' is not assignable to type 'number'");
  });
});
