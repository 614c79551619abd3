import { DocumentError } from '../../document/index.js';
import { CannotRun } from '../errors.js';
import type { CheckResult } from '../model/result.js';
import { readSince, type Since } from '../report/since.js';
import { wantsColours } from '../report/terminal/paint.js';
import { terminalReport } from '../report/terminal/terminal.js';
import { tryReports, writeReports } from '../report/write.js';
import { type Io, widthOf } from './io.js';
import type { Arguments } from './options.js';
import type { Outlet } from './output.js';

/** An error that the user can fix, unlike a fault of this program. */
export function isExpected(error: unknown): error is CannotRun | DocumentError {
  return error instanceof CannotRun || error instanceof DocumentError;
}

/**
 * Runs a command and writes its reports, even if it fails, so that a CI job finds the reason in the files.
 *
 * @param file the document.
 * @param command checks the targets, adds each result to the reports, and returns the exit code. It gets the `--since`
 * report, which is read first, since the run may overwrite it with its own.
 */
export async function reported(
  { report: reports, since: earlier, files, accept }: Arguments,
  file: string,
  { hide }: Outlet,
  command: (results: CheckResult[], since: Since | undefined) => Promise<number>,
): Promise<number> {
  const since = earlier === undefined ? undefined : await readSince(earlier);
  const results: CheckResult[] = [];
  await tryReports(reports, [file, ...files, ...[accept ?? []].flat()]);
  let code: number;
  try {
    code = await command(results, since);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const failure = { file: hide(file), error: hide(message) };
    await writeReports(results, reports, failure, since).catch((second: Error) => {
      throw new CannotRun(`${message}\n${second.message}`, { cause: error });
    });
    throw error;
  }
  await writeReports(results, reports, undefined, since);
  return code;
}

/** Prints the result of a target, as wide as the terminal. */
export function printResult(
  result: CheckResult,
  { verbose }: Arguments,
  { stdout, environment }: Io,
  since: Since | undefined,
): void {
  const colours = wantsColours(stdout, environment);
  stdout.write(terminalReport(result, { colours, verbose, width: widthOf(stdout), since }));
}
