import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../run.js';
import { INSTALL_TIME, project } from './project.js';
import { tool, tools } from './tools.js';

const COMPILERS = ['typescript-5.9', 'typescript-6', 'typescript-7'];

/** How a strict consumer compiles. */
const OPTIONS = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM'],
  types: [] as string[],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};

const RESOLUTIONS = {
  node16: { module: 'node16', moduleResolution: 'node16' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

let folder: string;

beforeAll(async () => {
  const consumer = (name: string) => readFile(join(import.meta.dirname, 'consumers', name), 'utf8');
  folder = await project({ 'web.ts': await consumer('web.ts'), 'node.ts': await consumer('node.ts') });
  await tools();
}, INSTALL_TIME);

/** What a compiler has to say about one of the consumer's files. */
async function complaints(compiler: string, file: string, options: object): Promise<string> {
  const config = join(folder, `${compiler}.json`);
  await writeFile(config, JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, files: [file] }));
  const tsc = await tool(compiler, 'bin/tsc');
  const { code, stdout } = await run(process.execPath, [tsc, '-p', config, '--pretty', 'false']);
  return code === 0 ? '' : stdout || `ended with ${code}`;
}

const CASES = COMPILERS.flatMap((compiler) =>
  Object.entries(RESOLUTIONS).map(([resolution, options]) => ({ compiler, resolution, options })),
);

describe('types of the installed package', { timeout: 120_000 }, () => {
  it.each(CASES)('serve a web project with $compiler and $resolution', async ({ compiler, options }) => {
    expect(await complaints(compiler, 'web.ts', options)).toBe('');
  });

  it.each(CASES)('serve a Node project with $compiler and $resolution', async ({ compiler, options }) => {
    const node = { lib: ['ES2022'], types: ['node'], typeRoots: [await tool('@types', '')] };
    expect(await complaints(compiler, 'node.ts', { ...options, ...node })).toBe('');
  });

  it.each(COMPILERS)('serve `require` with %s where its module kind knows of it', async (compiler) => {
    await writeFile(join(folder, 'require.cts'), REQUIRE);
    expect(await complaints(compiler, 'require.cts', { module: 'node20' })).toBe('');
    expect(await complaints(compiler, 'require.cts', { module: 'nodenext' })).toBe('');
    expect(await complaints(compiler, 'require.cts', { module: 'node16' })).toContain('TS1479');
  });

  it('name @types/node as what they need for Node, for those who compile', async () => {
    const installed = join(folder, 'node_modules/ev-energy-client/package.json');
    const { peerDependencies, peerDependenciesMeta } = JSON.parse(await readFile(installed, 'utf8'));
    expect(peerDependencies).toEqual({ '@types/node': '*' });
    expect(peerDependenciesMeta).toEqual({ '@types/node': { optional: true } });
    const without = await complaints('typescript-5.9', 'node.ts', { ...RESOLUTIONS.node16, lib: ['ES2022'] });
    expect(without).toMatch(/'node:\w+'/);
  });

  it('are looked into: a wrong use is found', async () => {
    await writeFile(join(folder, 'wrong.ts'), WRONG);
    const found = await complaints('typescript-7', 'wrong.ts', RESOLUTIONS.node16);
    expect(found.match(/error TS\d+/g)).toHaveLength(1);
    expect(found).toContain("'string' is not assignable to type 'number'");
  });
});

const REQUIRE = `import { EvEnergy } from 'ev-energy-client';
export const ev: EvEnergy = new EvEnergy();
`;

const WRONG = `import { EvEnergy } from 'ev-energy-client';
for (const make of await new EvEnergy().evseMakes.list().toArray()) { const name: number = make.name; void name; }
`;
