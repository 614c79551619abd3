import type { Io } from '../io.js';

type Main = (args: readonly string[], io: Io) => Promise<number>;

/** Runs a command in this process; returns its exit code and output. */
export async function runCommand(
  main: Main,
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

/** The programs behind the scripts of package.json. */
const MAINS: Record<string, () => Promise<Main>> = {
  spec: async () => (await import('../spec/dispatch.js')).main,
  contract: async () => {
    const { main } = await import('../../src/contract/cli/main.js');
    return (args, io) => main(args, { ...io, environment: {} });
  },
};

/** Runs a command line of our documentation in this process; other tests check that `npm run` starts the programs. */
export async function npmRun(command: string): ReturnType<typeof runCommand> {
  const [, name = '', args = ''] = /^npm run (\w+) -- (.*)$/.exec(command) ?? [];
  const main = await MAINS[name]?.();
  if (!main) throw new Error(`${command} needs its program in MAINS`);
  return runCommand(main, ...args.split(' '));
}
