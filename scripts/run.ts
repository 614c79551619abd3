import { execFile } from 'node:child_process';

/** Arguments of npm that install without asking the registry more than it has to be. */
export const QUIET_INSTALL = ['install', '--prefer-offline', '--no-audit', '--no-fund'];

/** How a program ended. */
export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  cwd?: string;
  env?: Record<string, string | undefined>;
  /** Milliseconds. Default: two minutes. */
  timeout?: number;
}

/** Runs a program to its end, whatever that is. */
export function run(
  command: string,
  args: readonly string[],
  { cwd, env, timeout = 120_000 }: RunOptions = {},
): Promise<Finished> {
  const options = { cwd, timeout, env: { ...outerEnvironment(), ...env }, maxBuffer: 2 ** 26 };
  return new Promise((resolve) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr: code === -1 ? `${stderr}${error?.message}\n` : stderr });
    });
  });
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
