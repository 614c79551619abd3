import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { ROOT } from '../../root.js';
import { outerEnvironment } from '../../run.js';

/** The machines of a fleet, each a process. */
export interface Fleet {
  /** Kills a machine that has begun to work with SIGKILL, in turn, and starts another one. */
  killOne(): void;
  /** Number of machines killed so far. */
  readonly killed: number;
  /** Everything they have written to standard error. */
  readonly complaints: string;
}

/** Starts this many workers on an export; they are killed at the end of the test. */
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
    // Starting one takes a while on a busy computer.
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

/** Compiles a program of the project once; tsx would do so in each process. */
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
