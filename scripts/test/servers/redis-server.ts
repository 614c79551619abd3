import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Servers to kill if the program ends early. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A redis-server of our own. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Kills it, like a crash. */
  kill(): Promise<void>;
  /** Starts it again on the same port; `empty` drops its data. */
  start(options?: { empty?: boolean }): Promise<void>;
  /** Kills it, and deletes its data. */
  end(): Promise<void>;
}

/**
 * Starts a real redis-server on a free loopback port, with an append-only file.
 * @param options as in redis.conf
 */
export async function runRedis(options: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
  installRedis();
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  let data = 0;
  const kill = async () => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null) return;
    running.delete(ending);
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGKILL');
    await ended;
  };
  const start = async ({ empty = false } = {}) => {
    if (empty) data += 1;
    child = await launch(port, join(folder, String(data)), options);
  };
  await start();
  const end = async () => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, port, kill, start, end };
}

async function launch(
  port: number,
  folder: string,
  more: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  spawnSync('mkdir', ['-p', folder]);
  const options = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'yes', ...more };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, ...String(value).split(' ')]);
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  running.add(child);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}: ${said}`)));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Ready to accept connections')) resolve();
    });
  });
  return child;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Installs Debian's redis-server if that needs no confirmation: as root on a system with apt. */
function installRedis(): void {
  const isThere = () => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
  if (isThere()) return;
  if (process.getuid?.() === 0) {
    process.stdout.write('Installing redis-server for its tests (apt-get install redis-server)\n');
    const apt = (...args: string[]) => spawnSync('apt-get', args, { stdio: 'ignore', timeout: 120_000 });
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'redis-server');
  }
  if (!isThere())
    throw new Error('These tests need redis-server 6 or later: install it (apt-get install redis-server)');
}
