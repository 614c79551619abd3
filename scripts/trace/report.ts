import type { Journey } from './journeys.js';

/**
 * Takes each journey and prints its files.
 * @param filesOf returns the files in which a function ran
 * @returns the exit code: 1 if a journey took more files than it may. None at all means that nothing was counted.
 */
export async function report(
  journeys: readonly Journey[],
  filesOf: (act: Journey['act']) => Promise<readonly string[]>,
  output: { write(text: string): unknown },
): Promise<0 | 1> {
  let failed = false;
  for (const { name, most, act } of journeys) {
    const files = await filesOf(act);
    const within = files.length > 0 && files.length <= most;
    failed ||= !within;
    output.write(`${within ? '✓' : '✗'} ${files.length} of at most ${most} files: ${name}\n`);
    for (const file of files) output.write(`    ${file}\n`);
  }
  return failed ? 1 : 0;
}
