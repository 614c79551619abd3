import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { onTestFinished } from 'vitest';
import type { Fake } from '../../src/testing/index.js';
import { project } from '../package/project.js';
import { ROOT } from '../root.js';
import { outerEnvironment } from '../run.js';

/**
 * A project that has installed the package, with unchanged copies of programs from `examples/`, and a compiled file
 * next to each.
 */
export async function exampleProject(...names: string[]): Promise<string> {
  const folder = await project();
  for (const name of names) {
    cpSync(join(ROOT, 'examples', name), join(folder, name));
    const { code } = await transform(await readFile(join(folder, name), 'utf8'), { loader: 'ts' });
    await writeFile(join(folder, compiled(name)), code);
  }
  return folder;
}

/** Compiled once, since tsx would do that in each of the many processes. */
function compiled(name: string): string {
  return name.replace(/\.ts$/, '.mjs');
}

/** Environment variables with which a program uses the fake. */
export function settingsFor(fake: Fake): Record<string, string> {
  return {
    EV_ENERGY_BASE_URL: fake.url,
    EV_ENERGY_CLIENT_ID: fake.clientId,
    EV_ENERGY_CLIENT_SECRET: fake.clientSecret,
  };
}

/** A running program. */
export interface Program {
  /** Its output so far. */
  stdout: string;
  stderr: string;
  /** Its exit code, once it has ended; null if a signal ended it. */
  readonly end: Promise<number | null>;
  kill(signal: 'SIGINT' | 'SIGKILL'): void;
}

/**
 * Starts an example in its project.
 *
 * @param typed Its standard input; without it the input stays open.
 */
export function start(folder: string, command: string[], env = {}, typed?: string): Program {
  const [name = '', ...args] = command;
  const child = spawn(process.execPath, [compiled(name), ...args], {
    cwd: folder,
    env: { ...outerEnvironment(), ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const program: Program = {
    stdout: '',
    stderr: '',
    end: new Promise((resolve) => child.on('close', resolve)),
    kill: (signal) => child.kill(signal),
  };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      program[stream] += text;
    });
  }
  if (typed !== undefined) child.stdin.end(typed);
  return program;
}

/** Runs an example to its end. */
export async function finish(...args: Parameters<typeof start>) {
  const program = start(...args);
  const code = await program.end;
  return { code, stdout: program.stdout, stderr: program.stderr };
}
