import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile, type OutputFile } from 'esbuild';
import { operations } from '../../src/client/resource/resources.js';

/** Bytes of a program's bundle, minified and gzipped. */
export interface Size {
  /** What is loaded at first, if the bundler splits: the entry's chunk and those it imports. */
  first: number;
  /** Everything in one file, including what is loaded on demand. */
  whole: number;
}

/** Size of a program's bundle, as a web application would ship it. */
export async function bundleSize(program: string, folder: string): Promise<Size> {
  const [split, one] = await Promise.all([
    bundled(program, folder, { outdir: '.', splitting: true }),
    bundled(program, folder, { outfile: 'program.js' }),
  ]);
  return { first: gzipped(split, loadedAtFirst(split.metafile)), whole: gzipped(one, ['program.js']) };
}

interface Bundle {
  metafile: Metafile;
  outputFiles: OutputFile[];
}

function bundled(program: string, folder: string, options: BuildOptions): Promise<Bundle> {
  return build({
    stdin: { contents: program, resolveDir: folder, sourcefile: 'program.js' },
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
    ...options,
  }) as Promise<Bundle>;
}

/** The entry's chunk and all that it imports, directly or indirectly. */
function loadedAtFirst({ outputs }: Metafile): string[] {
  const entry = Object.keys(outputs).filter((name) => outputs[name]?.entryPoint === 'program.js');
  const found = new Set(entry);
  for (const name of found) {
    for (const { path, kind } of outputs[name]?.imports ?? [])
      if (kind === 'import-statement') found.add(path);
  }
  return [...found];
}

function gzipped({ metafile, outputFiles }: Bundle, names: readonly string[]): number {
  // esbuild writes its files, and lists them, in the same order.
  const listed = Object.keys(metafile.outputs);
  return names
    .map((name) => outputFiles[listed.indexOf(name)])
    .reduce((sum, file) => sum + (file ? gzipSync(file.contents, { level: 9 }).length : Number.NaN), 0);
}

/** A program that uses the client as an application does. */
export const PROGRAM = `import { EvEnergy } from './src/index.ts';
export const ev = new EvEnergy();`;

/** A program that also validates answers. */
export const VALIDATING = `import { EvEnergy } from './src/index.ts';
import { validators } from './src/validators.ts';
export const ev = new EvEnergy({ validators });`;

/** A program that uses openai's client, to compare with. */
export const OPENAI = `import OpenAI from 'openai';
export const openai = new OpenAI({ apiKey: 'none' });`;

/** The client's sizes. */
export interface Weights extends Size {
  /** Everything in one file, with the validators. */
  validating: number;
}

export async function weigh(program: string, validating: string, folder: string): Promise<Weights> {
  const [plain, { whole }] = await Promise.all([bundleSize(program, folder), bundleSize(validating, folder)]);
  return { ...plain, validating: whole };
}

/** Most bytes that an operation of the document may add: its entry in the table, from which its method is made. */
export const OPERATION = 18;

/** Most bytes of the client without any operation, a little above its current size. */
export const CLIENT: Size = { first: 26_900, whole: 36_510 };

/**
 * The budget with the current operations. The validators grow with the document's schemas rather than with operations.
 */
export const BUDGET: Weights = {
  first: CLIENT.first + OPERATION * operations.length,
  whole: CLIENT.whole + OPERATION * operations.length,
  validating: 153_500,
};

const NAMES: Record<keyof Weights, string> = {
  first: 'loaded at first',
  whole: 'all in one file',
  validating: 'all in one file, with validators',
};

/** One line per size. */
export function described(weights: Weights): string[] {
  return parts.map((part) => `${NAMES[part]}: ${weights[part]} bytes`);
}

/** One line per size that exceeds its budget. */
export function overweight(weights: Weights, budget: Weights): string[] {
  return parts
    .filter((part) => weights[part] > budget[part])
    .map(
      (part) =>
        `${NAMES[part]}: ${weights[part]} bytes min+gzip are ${weights[part] - budget[part]} over the budget of ${budget[part]}`,
    );
}

const parts = Object.keys(NAMES) as (keyof Weights)[];
