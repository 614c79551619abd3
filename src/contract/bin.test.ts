import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const BROKEN_OUTPUT = "data:text/javascript,process.stdout.write=()=>{throw new Error('broken output')}";

function run(...preloads: string[]) {
  const imports = ['tsx', ...preloads].flatMap((name) => ['--import', name]);
  const bin = join(import.meta.dirname, 'bin.ts');
  return spawnSync(process.execPath, [...imports, bin, '--help'], { encoding: 'utf8' });
}

test('a crash is told from a violation by its exit code', () => {
  expect(run()).toMatchObject({ status: 0, stderr: '' });
  const crashed = run(BROKEN_OUTPUT);
  expect(crashed.status).toBe(2);
  expect(crashed.stderr).toContain('broken output');
});
