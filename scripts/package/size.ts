import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { operations } from '../../generated/operations.js';

/** Bytes of a minified and gzipped bundle. */
export interface Size {
  /** What a page loads at once. */
  core: number;
  /** Code that it loads when it is first needed, all such parts together. */
  lazy: number;
}

/** Size of a program's bundle, as a web application would ship it. */
export async function bundleSize(program: string, folder: string): Promise<Size> {
  const [core, whole] = await Promise.all([
    gzipped(program, folder, { outfile: 'core.js', plugins: [withoutLazy] }),
    // The validators grow with the document, not with the client.
    gzipped(program, folder, { outdir: '.', splitting: true, external: ['*/validators.js'] }),
  ]);
  return { core, lazy: whole - core };
}

/** Leaves out what is imported dynamically: what remains is one file. */
const withoutLazy: Plugin = {
  name: 'without-lazy',
  setup(bundle) {
    bundle.onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

async function gzipped(program: string, folder: string, options: BuildOptions): Promise<number> {
  const { outputFiles = [] } = await build({
    stdin: { contents: program, resolveDir: folder, sourcefile: 'program.js' },
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
    ...options,
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
}

/** The client as an application uses it. */
export const PROGRAM = `import { EvEnergy } from './src/index.ts';
export const ev = new EvEnergy();`;

/**
 * What a bundle may weigh. A part that not everyone needs belongs behind a dynamic import. Each operation of the
 * document adds a method and its row of the table.
 */
export const BUDGET: Size = { core: 9_280 + 60 * operations.length, lazy: 27_392 };

/** One line for each part that is heavier than it may be. */
export function overweight(size: Size, budget: Size): string[] {
  return (['core', 'lazy'] as const)
    .filter((part) => size[part] > budget[part])
    .map(
      (part) =>
        `${part}: ${size[part]} bytes min+gzip are ${size[part] - budget[part]} over the budget of ${budget[part]}`,
    );
}
