import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SpecError } from './errors.js';

export interface RedoclyResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs the Redocly CLI, without its telemetry and its look for updates.
 *
 * @throws SpecError when it can't be started or is killed.
 */
export async function redocly(args: readonly string[], signal?: AbortSignal): Promise<RedoclyResult> {
  const manifest = createRequire(import.meta.url).resolve('@redocly/cli/package.json');
  const child = spawn(process.execPath, [join(dirname(manifest), 'bin/cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' },
    ...(signal ? { signal } : {}),
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text.stdout += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    text.stderr += part;
  });
  const exitCode = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (exitCode === null) throw new SpecError(`redocly ${args[0]} was killed`);
  return { exitCode, ...text };
}
