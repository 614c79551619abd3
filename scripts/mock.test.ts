import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { EVSES } from '../contract-tests/fixtures/evses.js';
import { ROOT } from './root.js';

/** A document that Prism loads quickly. */
const SMALL = ['--spec', 'scripts/spec/fixtures/seed-page.yaml'];

interface Running {
  child: ChildProcess;
  /** Its output so far. */
  output: () => string;
  /** Resolves when its output matches. */
  says: (pattern: RegExp) => Promise<RegExpExecArray>;
  ended: Promise<number | null>;
}

/** Starts a script as `npm run` does, but without npm between it and a signal. */
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
  const mock = start('scripts/mock.ts', '--port', '0', ...SMALL);
  const [, url = ''] = await mock.says(/at (http:\/\/127\.0\.0\.1:\d+)\n/);
  const [, path, token] = await mock
    .says(/curl -H '(Authorization: Bearer [\w-]+)' (\S+)\n/)
    .then(([, header, address]) => ['', address, header]);
  const [name = '', value = ''] = String(token).split(': ');
  const response = await fetch(String(path), { headers: { [name]: value } });
  expect(response.status).toBe(200);
  expect(Array.isArray(await response.json())).toBe(true);
  mock.child.kill('SIGINT');
  expect(await mock.ended).toBe(130);
  expect(mock.output()).toContain('The mock has ended.');
  await expect(fetch(url)).rejects.toThrow();
});

/** What a server answers to raw bytes on a connection, until it ends. */
async function raw(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  socket.write(text, 'latin1');
  const closed = once(socket, 'close');
  await Promise.race([once(socket, 'data'), closed]);
  socket.destroy();
  return answer;
}

test('no request that a client can send ends the mock, but SIGTERM does: what it cannot read gets 400', async () => {
  const mock = start('scripts/mock.ts', '--port', '0', ...SMALL);
  const [, url = ''] = await mock.says(/at (http:\/\/127\.0\.0\.1:\d+)\n/);
  const [, path = ''] = await mock.says(/curl [^\n]*:\d+(\/\S+)\n/);
  const head = 'Host: x\r\nAuthorization: Bearer t\r\n';
  const unreadable = [
    `GET ${path}/%E0%A4%A HTTP/1.1\r\n${head}`,
    `GET * HTTP/1.1\r\n${head}`,
    `OPTIONS * HTTP/1.1\r\n${head}`,
    `GET // HTTP/1.1\r\n${head}`,
    `GET //x:99999/ HTTP/1.1\r\n${head}`,
    `GET http://[/x HTTP/1.1\r\n${head}`,
    `GET ${path} HTTP/1.1\r\n${head}Accept: ;;;\r\n`,
    `GET ${path} HTTP/1.1\r\n${head}Accept: application/json;q=;=\r\n`,
    `GET ${path} HTTP/1.1\r\n${head}Accept: \xe9/\xe9\r\n`,
    `POST ${path} HTTP/1.1\r\n${head}Content-Length: 0\r\nContent-Type: ;\r\n`,
    `POST ${path} HTTP/1.1\r\n${head}Content-Length: 0\r\nContent-Type: application/json; charset=\xff\r\n`,
    `GET ${path} HTTP/1.1\r\n`,
    'nonsense\r\n',
  ];
  for (const request of unreadable) {
    expect([request, (await raw(url, `${request}\r\n`)).slice(0, 12)]).toEqual([request, 'HTTP/1.1 400']);
  }
  // The header that lists the errors of a request can't carry these letters unescaped.
  expect(await raw(url, `GET ${path}?%E2%82%AC=1 HTTP/1.1\r\n${head}\r\n`)).toMatch(/^HTTP\/1\.1 200/);
  expect(await raw(url, `GET ${path} HTTP/1.1\r\n${head}\r\n`)).toMatch(/^HTTP\/1\.1 200/);
  expect(mock.output()).not.toContain('    at ');
  mock.child.kill('SIGTERM');
  expect(await mock.ended).toBe(143);
}, 60_000);

test('a mock that npm started is gone once npm has been killed', async () => {
  const npm = spawn('npm', ['run', '--silent', 'mock', '--', '--port', '0', ...SMALL], {
    cwd: ROOT,
    detached: true,
  });
  onTestFinished(() => {
    if (npm.pid !== undefined && isRunning(-npm.pid)) process.kill(-npm.pid, 'SIGKILL');
  });
  await once(npm.stdout, 'data');
  npm.kill('SIGKILL');
  // The group contains everything that npm has started.
  await expect.poll(() => isRunning(-(npm.pid ?? 0)), { timeout: 10_000 }).toBe(false);
}, 60_000);

test('a mock ends with SIGHUP, as of a terminal that is closed', async () => {
  const mock = start('scripts/mock.ts', '--port', '0', ...SMALL);
  await mock.says(/Ctrl-C ends it/);
  mock.child.kill('SIGHUP');
  expect(await mock.ended).toBe(129);
}, 60_000);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a port that is taken gives one clear error', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const mock = start('scripts/mock.ts', '--port', String(port), ...SMALL);
  expect(await mock.ended).toBe(2);
  expect(mock.output()).toBe(
    `mock: Port ${port} is taken. End what listens there, or choose another with --port.\n`,
  );
});

test('wrong options give one clear error, and help is at hand', async () => {
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

test('a check that is broken off leaves nothing of the mock that it has started', async () => {
  const check = start('src/contract/bin.ts', '--spec', EVSES);
  // By then it is in the middle of its work; nothing may outlive the process.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  check.child.kill('SIGINT');
  expect([130, null]).toContain(await check.ended);
}, 60_000);
