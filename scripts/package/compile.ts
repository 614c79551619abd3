import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run.js';
import { project, tool } from './project.js';

export const COMPILERS = ['typescript-5.9', 'typescript-6', 'typescript-7'] as const;

/** How a project resolves modules. */
export const RESOLUTIONS = {
  node16: { module: 'node16', moduleResolution: 'node16' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

/** A strict consumer's compiler options. Our declarations are always checked, the compiler's own library isn't. */
const OPTIONS = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM'],
  types: [] as string[],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  noEmit: true,
};

const CONTRACT = `import { check } from 'ev-energy-client/contract';
export { check };
`;

const REQUIRE = `import { EvEnergy } from 'ev-energy-client';
export const ev: EvEnergy = new EvEnergy();
`;

const WRONG = `import { EvEnergy } from 'ev-energy-client';
for (const make of await new EvEnergy().evseMakes.list().toArray()) { const name: number = make.name; void name; }
`;

/** A project with a consumer for the web, one for Node, one that uses require, and one with an error. */
export async function consumers(): Promise<string> {
  const consumer = (name: string) => readFile(join(import.meta.dirname, 'consumers', name), 'utf8');
  const files = {
    'web.ts': await consumer('web.ts'),
    'node.ts': await consumer('node.ts'),
    'contract.ts': CONTRACT,
    'require.cts': REQUIRE,
    'wrong.ts': WRONG,
  };
  return project(files, ['undici', 'ioredis', 'bullmq']);
}

/** Additional options of a project for Node: Node's types, and no DOM. */
export function nodeOptions() {
  return { lib: ['ES2022'], types: ['node'], typeRoots: [tool('@types', '')] };
}

/** A compiler's messages about a consumer's file. */
export async function complaints(
  folder: string,
  compiler: (typeof COMPILERS)[number],
  file: string,
  options: object,
): Promise<string> {
  const config = join(folder, `${compiler}.json`);
  await writeFile(config, JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, files: [file] }));
  const tsc = tool(compiler, 'bin/tsc');
  const { code, stdout } = await run(process.execPath, [tsc, '-p', config, '--pretty', 'false']);
  return code === 0 ? '' : stdout || `ended with ${code}`;
}
