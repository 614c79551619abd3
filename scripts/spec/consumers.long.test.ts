import { expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { run } from '../run.js';

it('npm run spec -- consumers --base HEAD checks the examples of the last commit', async () => {
  const { code, stdout, stderr } = await run('npm', ['run', 'spec', '--', 'consumers', '--base', 'HEAD'], {
    cwd: ROOT,
  });
  // An uncommitted change may break HEAD's consumers.
  expect([0, 1], stderr).toContain(code);
  expect(stdout).toContain('examples of HEAD, checked against');
}, 120_000);
