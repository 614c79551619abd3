import { GTE, LTE } from '../../client/conventions.js';
import { ApiError } from '../../client/errors/api-error.js';
import type { EvEnergy } from '../../client/ev-energy.js';
import { REFUSED } from '../errors.js';
import type { ExportPlan } from '../options.js';
import type { Settings } from '../settings.js';
import { densityOf, planOf } from './estimate.js';
import { type FetchPage, type Pages, readPages } from './pages.js';
import { listParents } from './parents.js';
import { boundsOf, type Run, refuseOther, runOf } from './question.js';
import { type Covered, cutWindows, type Window, windowId } from './window.js';

/** Tracks how far an export has come. */
export interface Book {
  readonly pages: Pages;
  /** Where it is kept, for errors. */
  readonly where: string;
  /** One pass over all parents that has begun but isn't finished. */
  readonly run: Run | undefined;
  begin(run: Run): Promise<void>;
  /** What all runs so far have covered of a parent. */
  covered(parent: readonly string[]): readonly Covered[];
  /** Records all windows of the run, and what of each parent will be covered once they are done. */
  plan(windows: readonly Window[], parents: readonly (readonly string[])[], run: Run): Promise<void>;
  /** The pending windows. */
  windows(): Window[];
}

/** A plan, and the ids under which the pages that list the parents are stored. */
export interface Planned {
  readonly plan: ExportPlan;
  readonly run: Run;
  readonly kept: readonly string[];
}

/**
 * Continues the run that has begun, or begins one, and cuts what is missing into windows.
 *
 * @throws ConfigurationError if the run that has begun was asked for something else
 */
export async function planRun(
  ev: EvEnergy,
  settings: Settings,
  book: Book,
  fetchPage: FetchPage,
): Promise<Planned> {
  const { collection, width, overlap } = settings;
  if (book.run) refuseOther(book.run, settings, book.where);
  const continues = book.run && { ...book.run, begun: new Date(book.run.begun) };
  const run = book.run ?? runOf(settings);
  if (!book.run) await book.begin(run);
  const { parents, kept } = settings.parents
    ? { parents: settings.parents, kept: [] }
    : await listParents(collection, book.pages, fetchPage);
  const bounds = { ...boundsOf(run), width, overlap };
  const missing = parents.map((parent) => ({ parent, covered: book.covered(parent) }));
  const cut = cutWindows(missing, bounds);
  const windows = [...book.windows(), ...cut];
  // Sample before the windows are recorded: from then on others may work on them.
  const density = await densityIn(settings, windows, book.pages, fetchPage);
  await book.plan(cut, parents, run);
  const { name, pageSize } = collection;
  const plan = planOf(name, parents.length, windows, { density, pageSize, quota: ev.quota });
  return { plan: { ...plan, continues }, run, kept };
}

/** Number of windows to read a page of, for the plan. */
const SAMPLE = 5;

/**
 * Items per microsecond of a parent: from the given cadence, or from the first pages of some windows. Those pages are
 * stored.
 */
async function densityIn(
  { cadence, collection, query }: Settings,
  windows: readonly Window[],
  pages: Pages,
  fetchPage: FetchPage,
): Promise<number> {
  if (cadence !== undefined) return 1 / cadence;
  const step = Math.max(1, Math.floor(windows.length / SAMPLE));
  const sample = windows.filter((_, index) => index % step === 0).slice(0, SAMPLE);
  const { by } = collection;
  let [sum, read] = [0, 0];
  for (const window of sample) {
    const bounds = { ...query, [by + GTE]: window.from, [by + LTE]: window.until };
    const [first] = await readPages(
      pages,
      windowId(window),
      (cursor) => fetchPage(collection, window.parent, { ...bounds, ...cursor }),
      () => true,
    ).catch((error: unknown) => {
      // Another parent may be allowed; this window is refused again when its turn comes.
      if (error instanceof ApiError && REFUSED.has(error.status)) return [];
      throw error;
    });
    if (!first) continue;
    sum += densityOf(first, window, by);
    read += 1;
  }
  return read === 0 ? 0 : sum / read;
}
