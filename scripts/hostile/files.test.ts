import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { main as contract } from '../../src/contract/cli/main.js';
import { readOverlay } from '../spec/correct/overlay.js';
import { evEnergy } from '../test/cli/ev-energy.js';
import { scratch } from '../test/files/scratch.js';

const DEEP: readonly (readonly [name: string, text: string])[] = [
  ['lists in brackets', '['.repeat(20_000) + ']'.repeat(20_000)],
  ['objects in braces', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  // Fewer than any limit of brackets, and deep enough to end the stack of a parser that calls itself.
  ['lists in brackets, 1,500 deep', '['.repeat(1_500) + ']'.repeat(1_500)],
  ['lists in one line', `${'- '.repeat(5_000)}x`],
  [
    'lists by their indentation',
    Array.from({ length: 1_500 }, (_, level) => `${' '.repeat(level)}-`).join('\n'),
  ],
  [
    'objects by their indentation',
    Array.from({ length: 1_500 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
  ],
];

const COMMANDS: readonly (readonly [
  name: string,
  run: (file: string) => Promise<{ code: number; said: string }>,
])[] = [
  ['--accept', (file) => contractOn(['--accept', file])],
  ['--spec', (file) => contractOn(['--spec', file])],
  ['--since', (file) => contractOn(['--since', file])],
  ['verify', (file) => contractOn(['verify', file])],
  ['--body', (file) => bodyFrom(file)],
];

it.each(COMMANDS)(
  '%s names a file that is nested too deep, whatever makes it deep, and ends with 2',
  async (_, run) => {
    const folder = await scratch();
    for (const [name, text] of DEEP) {
      const file = join(folder, `${DEEP.findIndex(([other]) => other === name)}.yaml`);
      await writeFile(file, text);
      const { code, said } = await run(file);
      expect(code, `${name}: ${said}`).toBe(2);
      expect(said.replaceAll('\n', ''), name).toContain(file);
      expect(said, name).not.toMatch(/call stack|^\s+at /m);
    }
  },
);

it('An overlay that is nested too deep is named', async () => {
  const folder = await scratch();
  for (const [name, text] of DEEP) {
    await writeFile(join(folder, 'x.yaml'), text);
    await expect(readOverlay(join(folder, 'x.yaml')), name).rejects.toThrow(
      /x\.yaml can't be read: it is nested deeper/,
    );
  }
});

async function contractOn(args: readonly string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const stream = { write: (text: string | Uint8Array) => (said += text) };
  const given = args[0] === 'verify' ? args : ['--target', 'mock', ...args];
  const code = await contract(given, { stdout: stream, stderr: stream, environment: {} } as never);
  return { code, said };
}

async function bodyFrom(file: string): Promise<{ code: number; said: string }> {
  const { code, stderr } = await evEnergy(undefined, ['regions', 'create', '--yes', '--body', `@${file}`], {
    environment: { EV_ENERGY_BASE_URL: 'http://127.0.0.1:9', EV_ENERGY_ACCESS_TOKEN: 'not-a-secret' },
  });
  return { code, said: stderr };
}

it.each([
  ['--body', ['users', 'create', '--yes', '--body', '@/dev/zero']],
  ['upload', ['rebate-evidence-files', 'upload', '/dev/zero', '--yes']],
])('%s names what never ends, and ends with 2', async (_, args) => {
  const environment = { EV_ENERGY_BASE_URL: 'http://127.0.0.1:9', EV_ENERGY_ACCESS_TOKEN: 'not-a-secret' };
  const { code, stderr } = await evEnergy(undefined, args, { environment });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^(--body: )?\/dev\/zero gives more than 256 MB\. Name a file that ends\.\n$/);
});
