import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../root.js';
import { august, pullProject } from '../../test/pull-project.js';
import { DOCUMENT } from '../places.js';

const project = pullProject();

it.each(['Fetching', 'Linting', 'Comparing', 'Generating', 'Running'])(
  'a pull that is stopped while %s leaves the project as it was',
  async (step) => {
    const controller = new AbortController();
    const hanging = step === 'Generating' ? 'HANG generate' : 'HANG check-client';
    project.body = august.replace('version: "2.0"', `version: ${hanging}`);
    const progress = (line: string) => {
      if (!line.startsWith(step)) return;
      setTimeout(() => controller.abort(new Error('stopped')), step === 'Generating' ? 300 : 0);
    };
    expect(await project.refused({ signal: controller.signal, progress })).toBe('stopped');
  },
);

it('npm run spec -- pull ends at Ctrl-C with 130 and says that nothing was changed', async () => {
  const silent = createServer();
  const asked = new Promise((done) => silent.once('request', done));
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
  const from = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const document = await readFile(join(ROOT, DOCUMENT));
  const args = ['--import', 'tsx', join(ROOT, 'scripts/spec/main.ts'), 'pull', '--from', from];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (part) => {
    stderr += part;
  });
  const ended = new Promise((done) => child.once('exit', done));
  await asked;
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(stderr).toContain('spec: Interrupted; nothing was changed');
  expect(await readFile(join(ROOT, DOCUMENT))).toEqual(document);
  silent.close();
});
