import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { ROOT } from '../../root.js';
import { outerEnvironment } from '../../run.js';

/** Machines of a fleet, each a process. */
export interface Fleet {
  /** Kills one of those that have begun to work with SIGKILL, in turn, and starts another in its place. */
  killOne(): void;
  /** How many were killed. */
  readonly killed: number;
  /** What they have written to their standard error. */
  readonly complaints: string;
}

/** Starts so many workers on an export; they are killed at the end of the test. */
export async function startFleet(count: number, environment: Record<string, string>): Promise<Fleet> {
  const program = await compiled('scripts/test/fleet/worker.ts');
  const machines: ChildProcess[] = [];
  const working: ChildProcess[] = [];
  let [complaints, killed] = ['', 0];
  const startOne = () => {
    const machine = spawn(process.execPath, [program], {
      env: { ...outerEnvironment(), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    machine.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    // A busy computer takes its time to start one.
    machine.stdout?.once('data', () => working.push(machine));
    machines.push(machine);
  };
  for (let index = 0; index < count; index += 1) startOne();
  onTestFinished(() => {
    for (const machine of machines) machine.kill('SIGKILL');
  });
  return {
    killOne: () => {
      const machine = working.shift();
      if (!machine) return;
      machine.kill('SIGKILL');
      killed += 1;
      startOne();
    },
    get killed() {
      return killed;
    },
    get complaints() {
      return complaints;
    },
  };
}

/** What Node runs of a program of the project: compiled once, in a moment; tsx would do it in each process. */
export async function compiled(program: string): Promise<string> {
  const folder = join(ROOT, 'node_modules/.cache/fleet');
  await mkdir(folder, { recursive: true });
  const outfile = join(folder, `${program.replaceAll('/', '-')}-${process.pid}.mjs`);
  await build({
    entryPoints: [join(ROOT, program)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
  });
  return outfile;
}
