import { spawn } from 'node:child_process';
import { expect } from 'vitest';
import { ROOT } from '../root.js';

const CONTRACT = 'node --import tsx src/contract/bin.ts';

/** Ways in which commands can end, with the exit code of each. */
export const ENDINGS: readonly (readonly [name: string, script: string, code: number])[] = [
  ['a full disk', `${CONTRACT} --list-rules > /dev/full`, 2],
  ['a pipe that is closed', `${CONTRACT} --list-rules > >(exec 0<&-; sleep 0.1); exit $?`, 2],
  ['a full disk, for generation', 'node --import tsx scripts/generate/main.ts --help > /dev/full', 2],
  ['a full disk, for ev-energy', 'node --import tsx src/cli/bin.ts --help > /dev/full', 2],
  [
    'a pipe that is closed, for ev-energy',
    'node --import tsx src/cli/bin.ts --help > >(exec 0<&-; sleep 0.1); exit $?',
    0,
  ],
  ['SIGTERM', `${CONTRACT} --target fake & pid=$!; sleep 2; kill -TERM $pid; wait $pid`, 143],
];

/** Runs such a script, and checks how it ends. */
export async function expectEnding(_name: string, script: string, expected: number): Promise<void> {
  const child = spawn('bash', ['-c', script], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    stderr += part;
  });
  const code = await new Promise((done) => child.once('close', done));
  expect(code, stderr).toBe(expected);
  expect(stderr).not.toMatch(/^\s+at |node:/m);
}
