import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from './project.js';
import { run } from './run.js';
import { tool } from './tools.js';

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

/** What the compiler has to say about a consumer's file, in a project of its own. */
async function complaints(compiler: string, file: string, options: object): Promise<string> {
  const folder = await project({
    'package.json': '{ "private": true, "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, files: [file] }),
    [file]: readFileSync(join(import.meta.dirname, 'consumers', file), 'utf8'),
  });
  const { code, stdout } = await run(
    process.execPath,
    [await tool(compiler, 'bin/tsc'), '--pretty', 'false'],
    {
      cwd: folder,
    },
  );
  return code === 0 ? '' : stdout || `ended with ${code}`;
}

const CASES = COMPILERS.flatMap((compiler) =>
  Object.entries(RESOLUTIONS).map(([resolution, options]) => ({ compiler, resolution, options })),
);

describe.concurrent('types of the installed package', () => {
  it.each(CASES)('serve a web project with $compiler and $resolution', async ({ compiler, options }) => {
    expect(await complaints(compiler, 'web.ts', options)).toBe('');
  });

  it.each(CASES)('serve a Node project with $compiler and $resolution', async ({ compiler, options }) => {
    const node = { lib: ['ES2022'], types: ['node'], typeRoots: [await tool('@types', '')] };
    expect(await complaints(compiler, 'node.ts', { ...options, ...node })).toBe('');
  });
});
