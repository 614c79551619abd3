import { spawn } from 'node:child_process';

/** Arguments of npm that install without asking the registry more than it has to be. */
export const INSTALL = ['install', '--prefer-offline', '--no-audit', '--no-fund'];

/** How a program ended. */
export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  /** Added to the environment of this process. */
  env?: Record<string, string | undefined>;
  /** Milliseconds. Default: two minutes. */
  timeout?: number;
  /** Ends the program, and what it has started. */
  signal?: AbortSignal | undefined;
}

/** A program can't be started, or didn't come to its end. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/**
 * Runs a program to its end, whatever that is.
 *
 * @throws ProgramError when there is no such program or it is killed; the signal's reason when that ends it.
 */
export async function run(
  command: string,
  args: readonly string[],
  { cwd, env, timeout = 120_000, signal }: RunOptions = {},
): Promise<Finished> {
  signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd,
    env: { ...outerEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what it starts in turn ends with it.
    detached: true,
  });
  const kill = () => {
    if (child.pid !== undefined) killGroup(child.pid);
  };
  signal?.addEventListener('abort', kill, { once: true });
  const timer = setTimeout(kill, timeout);
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (part: string) => {
      text[stream] += part;
    });
  }
  try {
    const code = await new Promise<number | null>((done, fail) => {
      child.once('error', fail);
      child.once('close', done);
    });
    signal?.throwIfAborted();
    if (code === null) {
      throw new ProgramError(`${command} ${args.join(' ')} was killed\n${text.stdout}${text.stderr}`);
    }
    return { code, ...text };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new ProgramError(`Can't find the program ${command}`, { cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
  }
}

/** Runs a program that has to succeed, and gives its standard output. */
export async function output(
  command: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}

/**
 * The environment without what npm and vitest tell the programs they start, which would make an inner npm or
 * compiler think it runs in this project, and without settings of the client.
 */
export function outerEnvironment(): NodeJS.ProcessEnv {
  const inner = /^(npm_(config_local_prefix|package_|lifecycle_)|VITEST|EV_ENERGY_|INIT_CWD$|NODE_ENV$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !inner.test(name)));
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}
