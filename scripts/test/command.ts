import type { Io } from '../io.js';

/** Runs a command in this process, and gives its exit code and what it wrote. */
export async function runCommand(
  main: (args: readonly string[], io: Io) => Promise<number>,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const into = (stream: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[stream] += text;
    },
  });
  const code = await main(args, { stdout: into('stdout'), stderr: into('stderr') });
  return { code, ...written };
}
