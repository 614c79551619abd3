import { spawn } from 'node:child_process';
import { SpecError } from './errors.js';

export interface Finished {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
}

/**
 * Runs a program to its end.
 *
 * @throws SpecError when it can't be started or is killed; the signal's reason when that ends it, children included.
 */
export async function run(
  command: string,
  args: readonly string[],
  { signal, ...options }: RunOptions = {},
): Promise<Finished> {
  signal?.throwIfAborted();
  // A group of its own, so that what it starts in turn ends with it.
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const kill = () => {
    if (child.pid !== undefined) killGroup(child.pid);
  };
  signal?.addEventListener('abort', kill, { once: true });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text.stdout += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    text.stderr += part;
  });
  try {
    const exitCode = await new Promise<number | null>((done, fail) => {
      child.once('error', fail);
      child.once('close', done);
    });
    signal?.throwIfAborted();
    if (exitCode === null) throw new SpecError(`${command} ${args.join(' ')} was killed`);
    return { exitCode, ...text };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new SpecError(`Can't find the program ${command}`);
    throw cause;
  } finally {
    signal?.removeEventListener('abort', kill);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}
