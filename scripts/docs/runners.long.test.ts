import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { project, tool } from '../package/project.js';
import { ROOT } from '../root.js';
import { run } from '../run.js';
import { readPages } from './pages.js';
import { type Program, programsOf } from './programs.js';

/** The runners of tests, by the module that a test imports. */
const RUNNERS = {
  vitest: (file: string) => [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', file],
  '@jest/globals': (file: string) => ['--experimental-vm-modules', tool('jest', 'bin/jest.js'), file],
} as const;

const programs = programsOf(readPages());
const from = (module: string) => programs.filter(({ code }) => code.includes(`from '${module}'`));

/** A project with the test in it, as plain JavaScript. */
async function projectOf({ code }: Program): Promise<string> {
  const script = await transform(code, { loader: 'ts', target: 'node20' });
  const manifest = { private: true, type: 'module', jest: { transform: {} } };
  const folder = await project({ 'page.test.js': script.code, 'package.json': JSON.stringify(manifest) });
  const place = join(folder, 'node_modules/vitest');
  await mkdir(dirname(place), { recursive: true });
  await symlink(join(ROOT, 'node_modules/vitest'), place);
  await writeFile(join(folder, 'vitest.config.js'), 'export default {};');
  return folder;
}

describe.each(Object.entries(RUNNERS))('The tests of the pages for %s', (module, command) => {
  it.each(from(module))('pass: $place', { timeout: 120_000 }, async (program) => {
    const cwd = await projectOf(program);
    const { code, stdout, stderr } = await run(process.execPath, command('page.test.js'), {
      cwd,
      env: { CI: '1' },
    });
    expect({ code, said: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, said: '' });
  });
});
