import { beforeAll, describe, expect, it } from 'vitest';
import { COMPILERS, complaints, consumers, nodeOptions, RESOLUTIONS } from './compile.js';

const CASES = COMPILERS.flatMap((compiler) =>
  Object.entries(RESOLUTIONS).map(([resolution, options]) => ({ compiler, resolution, options })),
);

let folder: string;
beforeAll(async () => {
  folder = await consumers();
});

describe('types of the installed package, with every compiler and resolution', { timeout: 120_000 }, () => {
  it.each(CASES)('serve a web project with $compiler and $resolution', async ({ compiler, options }) => {
    expect(await complaints(folder, compiler, 'web.ts', options)).toBe('');
  });

  it.each(CASES)('serve a Node project with $compiler and $resolution', async ({ compiler, options }) => {
    expect(await complaints(folder, compiler, 'node.ts', { ...options, ...nodeOptions() })).toBe('');
  });

  it.each(COMPILERS)('serve a Node project that skips library checks with %s', async (compiler) => {
    const options = { ...RESOLUTIONS.node16, ...nodeOptions(), skipLibCheck: true };
    expect(await complaints(folder, compiler, 'node.ts', options)).toBe('');
  });

  it.each(COMPILERS)('agree with the library of %s, which is checked beside them', async (compiler) => {
    const options = { ...RESOLUTIONS.node16, skipDefaultLibCheck: false };
    expect(await complaints(folder, compiler, 'web.ts', options)).toBe('');
  });

  it.each(COMPILERS)('serve `require` with %s where its module kind knows of it', async (compiler) => {
    expect(await complaints(folder, compiler, 'require.cts', { module: 'node20' })).toBe('');
    expect(await complaints(folder, compiler, 'require.cts', { module: 'nodenext' })).toBe('');
    expect(await complaints(folder, compiler, 'require.cts', { module: 'node16' })).toContain('TS1479');
  });
});
