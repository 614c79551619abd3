import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CannotRun } from '../errors.js';
import type { CheckResult } from '../model/result.js';
import { type Failure, type Report, reportOf } from './data.js';
import { htmlReport } from './html/page.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import type { Since } from './since.js';

export const REPORT_KINDS = ['json', 'junit', 'markdown', 'html'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

const RENDERERS: Readonly<Record<ReportKind, (report: Report) => string>> = {
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  junit: junitReport,
  markdown: markdownReport,
  html: htmlReport,
};

/**
 * Writes the requested reports.
 *
 * @param failure what ended the run early; the reports say so, and CI has a file to show.
 * @param since an earlier report, to mark what is new.
 * @throws CannotRun if a file can't be written.
 */
export async function writeReports(
  results: readonly CheckResult[],
  wanted: readonly { kind: ReportKind; path: string }[],
  failure?: Failure,
  since?: Since,
): Promise<void> {
  if (wanted.length === 0) return;
  const report = reportOf(results, failure, since);
  for (const { kind, path } of wanted) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, RENDERERS[kind](report));
    } catch (cause) {
      throw new CannotRun(
        `The ${kind} report can't be written to ${path}: ${(cause as Error).message}. Give --report another path.`,
        { cause },
      );
    }
  }
}
