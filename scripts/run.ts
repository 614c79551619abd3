import { spawn } from 'node:child_process';

/** Arguments for npm to install with as few requests to the registry as possible. */
export const INSTALL = ['install', '--prefer-offline', '--no-audit', '--no-fund'];

/** The result of a program. */
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
  /** Ends the program, and everything it has started. */
  signal?: AbortSignal | undefined;
}

/** Milliseconds that a program has to end by itself: TypeScript's compiler takes a SIGTERM, and compiles to its end. */
const GRACE = 1_000;

/** A program couldn't be started, or was killed. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/**
 * Runs a program to its end, whatever its exit code.
 *
 * @throws ProgramError if there is no such program or it is killed; the signal's reason if the signal ends it.
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
    // In its own process group, so that its child processes end with it.
    detached: true,
  });
  let killing: NodeJS.Timeout | undefined;
  const kill = () => {
    const { pid } = child;
    if (pid === undefined) return;
    signalGroup(pid, 'SIGTERM');
    killing ??= setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE);
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
    clearTimeout(killing);
    signal?.removeEventListener('abort', kill);
  }
}

/** Runs a program that must succeed, and returns its standard output. */
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
 * The environment without the client's settings, and without what npm and vitest pass to the programs they start: an
 * inner npm or compiler would think it runs in this project.
 */
export function outerEnvironment(): NodeJS.ProcessEnv {
  const inner = /^(npm_(config_local_prefix|package_|lifecycle_)|VITEST|EV_ENERGY_|INIT_CWD$|NODE_ENV$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !inner.test(name)));
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has already ended.
  }
}
