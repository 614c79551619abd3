import { GTE, LTE } from '../../client/conventions.js';
import type { EvEnergy } from '../../client/ev-energy.js';
import { textOf, timeOf } from '../collection/time.js';
import type { ExportPlan } from '../options.js';
import type { Settings } from '../settings.js';
import { densityOf, planOf } from './estimate.js';
import { type FetchPage, type Pages, readPages } from './pages.js';
import { listParents } from './parents.js';
import { type Covered, cutWindows, type Window, windowId } from './window.js';

/** A pass over all parents, from its plan to its last window. */
export interface Run {
  readonly since: string;
  readonly until: string;
}

/** Where it stands how far an export is. */
export interface Book {
  readonly pages: Pages;
  /** The run that has begun, and isn't finished. */
  readonly run: Run | undefined;
  begin(run: Run): Promise<void>;
  /** What is covered of a parent by all runs up to now. */
  covered(parent: readonly string[]): Covered | undefined;
  /** All windows of the run are known, and with them what of each parent is covered once they are done. */
  plan(windows: readonly Window[], parents: readonly (readonly string[])[], run: Run): Promise<void>;
  /** The windows on their way. */
  windows(): Window[];
}

/** A plan, and where the pages are kept that the parents were read from. */
export interface Planned {
  readonly plan: ExportPlan;
  readonly run: Run;
  readonly kept: readonly string[];
}

/** Goes on with the run that has begun, or begins one, and cuts what is missing into windows. */
export async function planRun(
  ev: EvEnergy,
  settings: Settings,
  book: Book,
  fetchPage: FetchPage,
): Promise<Planned> {
  const { collection, since, until, width, overlap } = settings;
  if (!book.run) await book.begin({ since: textOf(since), until: textOf(until) });
  const run = book.run ?? { since: textOf(since), until: textOf(until) };
  const { parents, kept } = settings.parents
    ? { parents: settings.parents, kept: [] }
    : await listParents(collection, book.pages, fetchPage);
  const bounds = { since: timeOf('since', run.since), until: timeOf('until', run.until), width, overlap };
  const missing = parents.map((parent) => ({ parent, covered: book.covered(parent) }));
  const cut = cutWindows(missing, bounds);
  const windows = [...book.windows(), ...cut];
  // Before anybody may work on them.
  const density = await densityIn(settings, windows, book.pages, fetchPage);
  await book.plan(cut, parents, run);
  const { name, pageSize } = collection;
  return { plan: planOf(name, parents.length, windows, { density, pageSize, quota: ev.quota }), run, kept };
}

/** Windows of which a page is read for the plan. */
const SAMPLE = 5;

/** Items for each microsecond of a parent: as told, or as the first pages of some windows say, which are kept. */
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
  let sum = 0;
  for (const window of sample) {
    const bounds = { ...query, [by + GTE]: window.from, [by + LTE]: window.until };
    const [first] = await readPages(
      pages,
      windowId(window),
      (cursor) => fetchPage(collection, window.parent, { ...bounds, ...cursor }),
      () => true,
    );
    if (first) sum += densityOf(first, window, by);
  }
  return sample.length === 0 ? 0 : sum / sample.length;
}
