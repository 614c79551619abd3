/**
 * `npm run first-minutes -- clone|consumer`: what somebody sees in the first minutes, with the time that it takes.
 * `clone`: from `git clone` to a green contract report, with an empty npm cache. `consumer`: from `npm install` of the
 * tarball to a first answer of the fake; it runs on Windows and macOS too.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ROOT } from './root.js';
import { outerEnvironment } from './run.js';

/** The README's three lines, and one that prints. */
const PROGRAM = `import { EvEnergy } from 'ev-energy-client';
import { createFake } from 'ev-energy-client/testing';
const fake = await createFake();
const ev = new EvEnergy({ fetch: fake.fetch, baseUrl: fake.url, accessToken: fake.token });
console.log((await ev.evses.list().toArray()).length, 'EVSEs');
`;

/** Commands of a consumer that have to end well on each platform. */
const COMMANDS = [
  ['ev-energy', '--help'],
  ['ev-energy', 'evses', 'list', '--dry-run'],
  ['ev-energy-contract', '--target', 'fake', '--operation', 'get-evse_makes'],
] as const;

const folder = await mkdtemp(join(tmpdir(), 'ev-energy-first-minutes-'));
let begun = performance.now();
try {
  const [what] = process.argv.slice(2);
  if (what === 'clone') await clone();
  else if (what === 'consumer') await consumer();
  else throw new Error('first-minutes: say what to measure: clone or consumer');
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function clone(): Promise<void> {
  const project = join(folder, 'clone');
  const environment = { npm_config_cache: join(folder, 'cache') };
  await run('git', ['clone', '--quiet', ROOT, project], ROOT, environment);
  told('cloned');
  await run('npm', ['ci'], project, environment);
  told('installed');
  let progressed = false;
  await run('npm', ['run', '--silent', 'contract'], project, environment, () => {
    if (!progressed) told('first line of the contract suite');
    progressed = true;
  });
  told('green report');
}

async function consumer(): Promise<void> {
  await run('npm', ['pack', '--silent', '--pack-destination', folder], ROOT);
  const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  begun = performance.now();
  await run('npm', ['install', '--no-audit', '--no-fund', join(folder, tarball)], folder);
  told('installed');
  await writeFile(join(folder, 'first.mjs'), PROGRAM);
  await run(process.execPath, ['first.mjs'], folder);
  told('first answer of the fake');
  for (const [command, ...args] of COMMANDS) await run('npx', ['--no', '--', command, ...args], folder);
  told('commands');
}

function told(what: string): void {
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(`[${seconds.padStart(6)} s] ${what}\n`);
}

/** Runs a command that has to succeed, and shows what it writes. */
async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
  onLine: () => void = () => {},
): Promise<void> {
  // npm and npx are scripts on Windows, which only a shell can start.
  const shell = process.platform === 'win32' && /^np[mx]$/.test(command);
  const child = spawn(command, [...args], {
    cwd,
    shell,
    env: { ...outerEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      onLine();
      process.stderr.write(text);
    });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}
