import { DocumentError } from '../../document/index.js';
import { CannotRun } from '../errors.js';
import type { CheckResult } from '../model/result.js';
import { writeReports } from '../report/write.js';
import type { Arguments } from './options.js';

/** What a person can mend, as opposed to a fault of this program. */
export function isExpected(error: unknown): error is CannotRun | DocumentError {
  return error instanceof CannotRun || error instanceof DocumentError;
}

/**
 * Runs a command and writes its reports: also where it could not run to its end, so that a CI job that shows or keeps
 * the files has the reason in them.
 *
 * @param file the document.
 * @param command checks the targets, adds each result to the reports, and returns the exit code.
 */
export async function reported(
  { report: reports }: Arguments,
  file: string,
  command: (results: CheckResult[]) => Promise<number>,
): Promise<number> {
  const results: CheckResult[] = [];
  let code: number;
  try {
    code = await command(results);
  } catch (error) {
    if (!isExpected(error)) throw error;
    await writeReports(results, reports, { file, error: error.message }).catch((second: Error) => {
      throw new CannotRun(`${error.message}\n${second.message}`, { cause: error });
    });
    throw error;
  }
  await writeReports(results, reports);
  return code;
}
