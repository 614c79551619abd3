import { ROOT } from '../root.js';
import { run } from '../run.js';

/** CI machines have two cores, and most steps are a compiler that uses one. */
const AT_ONCE = 2;

/**
 * Runs scripts of package.json in parallel. The output of each is printed when it has ended, so that outputs don't mix.
 * All of them run, even if one fails.
 *
 * @returns the exit code: 1 if one has failed.
 */
export async function runSteps(
  scripts: readonly string[],
  output: { write(text: string): unknown },
  { cwd = ROOT, signal }: { cwd?: string; signal?: AbortSignal } = {},
): Promise<0 | 1> {
  const waiting = [...scripts];
  const failed: string[] = [];

  async function work(): Promise<void> {
    for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) {
      const start = performance.now();
      const options = { cwd, signal, timeout: 300_000 };
      const { code, stdout, stderr } = await run('npm', ['run', '--silent', script], options);
      const seconds = ((performance.now() - start) / 1000).toFixed(0);
      if (code !== 0) failed.push(script);
      output.write(`\n${code === 0 ? '✓' : '✗'} ${script}, ${seconds} s\n${stdout}${stderr}`);
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  output.write(failed.length === 0 ? '\nAll steps pass\n' : `\nFailed: ${failed.join(', ')}\n`);
  return failed.length === 0 ? 0 : 1;
}
