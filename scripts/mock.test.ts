import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from './root.js';

interface Running {
  child: ChildProcess;
  /** What it has written so far. */
  output: () => string;
  /** Resolves when it has written something that matches. */
  says: (pattern: RegExp) => Promise<RegExpExecArray>;
  ended: Promise<number | null>;
}

/** Starts a script as `npm run` does, without npm between it and a signal. */
function start(script: string, ...args: string[]): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { cwd: ROOT });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  let heard = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      heard();
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      resolve(code);
      heard();
    });
  });
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      heard = () => {
        const match = pattern.exec(text);
        if (match) resolve(match);
        else if (child.exitCode !== null) reject(new Error(`it ended: ${text}`));
      };
      heard();
    });
  return { child, output: () => text, says, ended };
}

test('the mock says where and how to call it, answers, and ends on Ctrl-C', async () => {
  const mock = start('scripts/mock.ts', '--port', '0');
  const [, url = ''] = await mock.says(/at (http:\/\/127\.0\.0\.1:\d+)\n/);
  const [, path, token] = await mock
    .says(/curl -H '(Authorization: Bearer [\w-]+)' (\S+)\n/)
    .then(([, header, address]) => ['', address, header]);
  const [name = '', value = ''] = String(token).split(': ');
  const response = await fetch(String(path), { headers: { [name]: value } });
  expect(response.status).toBe(200);
  expect(Array.isArray(await response.json())).toBe(true);
  mock.child.kill('SIGINT');
  expect(await mock.ended).toBe(0);
  expect(mock.output()).toContain('The mock has ended.');
  await expect(fetch(url)).rejects.toThrow();
});

test('a port that is taken is one clear error', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const mock = start('scripts/mock.ts', '--port', String(port));
  expect(await mock.ended).toBe(2);
  expect(mock.output()).toBe(
    `Port ${port} is taken. End what listens there, or choose another with --port.\n`,
  );
});

test('wrong options are one clear error, and help is at hand', async () => {
  const cases = [
    [['--port', 'many'], 2, /--port must be a number/],
    [['--prot', '1'], 2, /--prot[\s\S]*--help/],
    [['--spec', 'none.yaml'], 2, /none\.yaml: no such file/],
    [['--help'], 0, /Ctrl-C/],
  ] as const;
  for (const [args, code, message] of cases) {
    const mock = start('scripts/mock.ts', ...args);
    expect(await mock.ended).toBe(code);
    expect(mock.output()).toMatch(message);
    expect(mock.output()).not.toContain('    at ');
  }
});

test('the check starts its own mock, and nothing of it is left when it is broken off', async () => {
  const check = start('src/contract/bin.ts');
  // It is in the middle of it once Prism is loaded; then nothing outlives the process.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  check.child.kill('SIGINT');
  await check.ended;
  expect([130, null, 0]).toContain(check.child.exitCode);
  const whole = start('src/contract/bin.ts');
  expect(await whole.ended).toBe(0);
  expect(whole.output()).toContain('conforms');
});
