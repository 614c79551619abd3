import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FakeOptions, startFake } from '../../src/testing/index.js';
import { output } from '../run.js';
import { makeNames } from './makes.js';
import { project } from './project.js';

/** Bundles a consumer with everything it needs into one file; returns its sources and its output. */
async function bundled(consumer: string, options: FakeOptions = {}) {
  const text = await readFile(join(import.meta.dirname, 'consumers', consumer), 'utf8');
  const folder = await project({ 'program.mjs': text });
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ['program.mjs'],
    outfile: 'alone/bundle.mjs',
    bundle: true,
    format: 'esm',
    platform: 'node',
    metafile: true,
    logLevel: 'silent',
  });
  expect(Object.keys(metafile.outputs)).toEqual(['alone/bundle.mjs']);
  const fake = await startFake(options);
  onTestFinished(() => fake.close());
  const env = { EV_ENERGY_BASE_URL: fake.url };
  const printed = await output(process.execPath, [join(folder, 'alone/bundle.mjs')], { cwd: folder, env });
  return { sources: Object.keys(metafile.inputs), printed, names: await makeNames(fake.url) };
}

const isValidators = (source: string) => /\/validators\.js$/.test(source);

describe('one file that esbuild makes of a program and the installed package', { timeout: 60_000 }, () => {
  it('has nothing of the validators where the program does not import them', async () => {
    const { sources, printed, names } = await bundled('list-all.mjs');
    expect(printed).toBe(`${names.join('\n')}\n`);
    expect(sources.length).toBeGreaterThan(30);
    expect(sources.filter(isValidators)).toEqual([]);
  });

  it('validates answers where the program imports the validators', async () => {
    const { sources, printed } = await bundled('validating.mjs');
    expect(printed).toBe('as described\n');
    expect(sources.filter(isValidators)).toHaveLength(2);
  });

  it('throws for an answer that departs from the document', async () => {
    const { printed } = await bundled('validating.mjs', {
      tamper: ({ body }) => {
        if (Array.isArray(body)) body[0] = { ...body[0], name: 7 };
      },
    });
    expect(printed).toBe('ResponseValidationError /0/name\n');
  });
});
