import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** Bytes of a minified and gzipped bundle. */
export interface Size {
  /** What a page loads at once. */
  core: number;
  /** What it loads when it is first needed, all such parts together. */
  lazy: number;
}

/** Size of a program's bundle, as a web application would ship it. */
export async function bundleSize(program: string, folder: string): Promise<Size> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: folder, sourcefile: 'program.js' },
    absWorkingDir: folder,
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  const atOnce = loadedAtOnce(metafile);
  const size: Size = { core: 0, lazy: 0 };
  for (const { path, contents } of outputFiles) {
    const part = atOnce.has(relative(folder, path)) ? 'core' : 'lazy';
    size[part] += gzipSync(contents, { level: 9 }).length;
  }
  return size;
}

/** Files of a bundle that the program imports statically, itself included. */
function loadedAtOnce({ outputs }: Metafile): Set<string> {
  const found = new Set<string>();
  const visit = (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement') visit(path);
  };
  for (const [file, { entryPoint }] of Object.entries(outputs)) if (entryPoint === 'program.js') visit(file);
  return found;
}

/** The client as an application uses it. */
export const PROGRAM = `import { EvEnergy } from './src/index.ts';
export const ev = new EvEnergy();`;

/** What a bundle may weigh. A part that not everyone needs belongs behind a dynamic import. */
export const BUDGET: Size = { core: 15_360, lazy: 28_672 };

/** One line for each part that is heavier than it may be. */
export function overweight(size: Size, budget: Size): string[] {
  return (['core', 'lazy'] as const)
    .filter((part) => size[part] > budget[part])
    .map(
      (part) =>
        `${part}: ${size[part]} bytes min+gzip are ${size[part] - budget[part]} over the budget of ${budget[part]}`,
    );
}
