import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeFolder } from '../../node/make-folder.js';
import { CannotRun } from '../errors.js';
import { placeOf, replaceFile, tryReplacing } from '../exit/replace-file.js';
import { endedBySignals } from '../exit/signals.js';
import type { CheckResult } from '../model/result.js';
import { type Failure, type Report, reportOf } from './data.js';
import { htmlReport } from './html/page.js';
import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import type { Since } from './since.js';

export const REPORT_KINDS = ['json', 'junit', 'markdown', 'html'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** A report that is asked for. */
export interface Wanted {
  kind: ReportKind;
  path: string;
}

const RENDERERS: Readonly<Record<ReportKind, (report: Report) => string | Iterable<string>>> = {
  json: jsonReport,
  junit: junitReport,
  markdown: markdownReport,
  html: htmlReport,
};

/**
 * Tries whether reports can be written, before the first request is sent: nobody wants to know only afterwards.
 *
 * @param read files that the command reads, which no report may replace
 * @throws CannotRun for a path that can't be written.
 */
export async function tryReports(wanted: readonly Wanted[], read: readonly string[] = []): Promise<void> {
  const taken = new Set(await Promise.all(read.map(placeOf)));
  await all(wanted, async ({ path }) => {
    if (/[\\/]$/.test(path)) throw new Error('it names a folder');
    const place = await placeOf(path);
    const isDevice = (await notAFile(path)) !== undefined;
    if (!isDevice && taken.has(place)) throw new Error('it is read, or another report is written to it');
    taken.add(place);
    await makeFolder(dirname(path));
    // To open a pipe is to wait for its reader.
    if (!isDevice) await tryReplacing(path);
  });
}

/**
 * Writes the reports that were asked for, each beside the old one, which it then replaces. One that can't be written
 * doesn't take the others along.
 *
 * @param failure what ended the run early; the reports say so, and CI has a file to show.
 * @param since an earlier report, to mark what is new.
 * @throws CannotRun if a file can't be written.
 */
export async function writeReports(
  results: readonly CheckResult[],
  wanted: readonly Wanted[],
  failure?: Failure,
  since?: Since,
): Promise<void> {
  if (wanted.length === 0) return;
  const report = endedBySignals(() => reportOf(results, failure, since));
  await all(wanted, async ({ kind, path }) => {
    await makeFolder(dirname(path));
    const text = endedBySignals(() => RENDERERS[kind](report));
    const other = await notAFile(path);
    if (other?.isFIFO()) await writeIntoPipe(path, text);
    else if (other) await writeFile(path, text);
    else await replaceFile(path, text);
  });
}

async function all(wanted: readonly Wanted[], each: (one: Wanted) => Promise<void>): Promise<void> {
  const failures: string[] = [];
  for (const one of wanted) {
    try {
      await each(one);
    } catch (cause) {
      const { kind, path } = one;
      failures.push(
        `The ${kind} report can't be written to ${path}: ${(cause as Error).message}. Give --report another path.`,
      );
    }
  }
  if (failures.length > 0) throw new CannotRun(failures.join('\n'));
}

/** What stands there, if it is a pipe or a device, which nothing can take the place of. */
async function notAFile(path: string): Promise<Stats | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new Error('it is a folder');
  return found?.isFile() ? undefined : found;
}

/** Writes once somebody reads. To open a pipe before would hold the process, and keep a signal from ending it. */
async function writeIntoPipe(path: string, text: string | Iterable<string>): Promise<void> {
  let pipe = await openRead(path);
  for (; !pipe; pipe = await openRead(path)) await setTimeout(100);
  try {
    await writeFile(path, text);
  } finally {
    await pipe.close();
  }
}

/** Opens a pipe that somebody reads; undefined if nobody does. */
async function openRead(path: string): Promise<FileHandle | undefined> {
  return open(path, constants.O_WRONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENXIO') return undefined;
    throw error;
  });
}
