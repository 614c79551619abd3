import type { ApiError } from '../../client/errors/api-error.js';
import type { EvEnergyError } from '../../client/errors/base.js';
import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { ServerError } from '../../client/errors/status-errors.js';
import type { EvEnergy } from '../../client/ev-energy.js';
import { GTE, LTE, PAGE_SIZE } from '../../text/conventions.js';
import { inert } from '../../text/words.js';
import { type Time, textOf, timeOf } from '../collection/time.js';
import { concernsOne, isRefusal } from '../errors.js';
import type { ExportPlan } from '../options.js';
import type { Settings } from '../settings.js';
import { densityOf, planOf } from './estimate.js';
import { type Joined, joinWindows } from './join.js';
import { type Owner, ownerOf, ownerWithoutSink, type Place, refuseForeign } from './owner.js';
import { type FetchPage, type KeptPage, memoryPages, type Pages, readPages } from './pages.js';
import { listParents } from './parents.js';
import { boundsOf, type Run, refuseOther, runOf } from './question.js';
import { type Covered, cutWindows, lengthOf, WIDTH, type Window, widthFor, windowId } from './window.js';

/** Tracks how far an export has come. */
export interface Book {
  readonly pages: Pages;
  /** Where it is kept, for errors. */
  readonly place: Place;
  /** The export that it belongs to; undefined if nothing is written yet. */
  readonly owner: Owner | undefined;
  /** One pass over all parents that has begun but isn't finished. */
  readonly run: Run | undefined;
  /**
   * Records that a run has begun, unless one is under way. Before that, nothing is written.
   *
   * @param open opens the sink, and tells whose the book is
   */
  begin(run: Run, open: () => Promise<Owner>): Promise<void>;
  /** What all runs so far have covered of a parent. */
  covered(parent: readonly string[]): readonly Covered[];
  /** Records all windows of the run, and what of each parent will be covered once they are done. */
  plan(joined: Joined, parents: readonly (readonly string[])[], run: Run): Promise<void>;
  /** The windows that earlier runs have left. */
  windows(): Window[];
}

/** A plan, the run that it is for, and the ids under which the pages that list the parents are stored. */
export interface Planned {
  readonly plan: ExportPlan;
  readonly run: Run;
  readonly parents: readonly (readonly string[])[];
  readonly windows: readonly Window[];
  readonly kept: readonly string[];
}

/**
 * @throws ConfigurationError if the book is another export's, or has an unfinished run that was asked for something
 * else
 */
export async function refuseOthers(ev: EvEnergy, settings: Settings, book: Book): Promise<void> {
  const { owner, place, run } = book;
  // A query that differs from an unfinished run's is refused for that reason: the run can still be finished.
  const ours = ownerWithoutSink(ev, settings);
  refuseForeign(owner, run ? { ...ours, query: undefined } : ours, place);
  if (run) refuseOther(run, settings, place);
  refuseForeign(owner, await ownerOf(ev, settings, 'check'), place);
}

/**
 * Continues the run that has begun, or begins one, and cuts what is missing into windows. A run begins with the API's
 * first answer: if the API refuses it, nothing is recorded that a corrected run would have to continue.
 *
 * @throws ConfigurationError if the run that has begun was asked for something else
 */
export async function planRun(
  ev: EvEnergy,
  settings: Settings,
  book: Book,
  fetchPage: FetchPage,
): Promise<Planned> {
  const { collection, overlap } = settings;
  await refuseOthers(ev, settings, book);
  let isAnswered = false;
  const answering: FetchPage = async (...asked) => {
    const page = await fetchPage(...asked);
    isAnswered = true;
    return page;
  };
  const continues = book.run && { ...book.run, begun: new Date(book.run.begun) };
  const run = book.run ?? runOf(settings);
  let begun: Promise<void> | undefined;
  const begin = (first?: KeptPage) => {
    begun ??= (async () => {
      const isNew = !(continues || book.owner || settings.parents);
      if (isNew && first) await refuseQuery(settings, run, first, answering);
      await book.begin(run, () => ownerOf(ev, settings, 'open'));
    })();
    return begun;
  };
  refuseTooMany(1, run, settings);
  if (continues) await begin();
  const pages = beginningAt(book.pages, begin);
  const { parents, kept } = settings.parents
    ? { parents: settings.parents, kept: [] }
    : await listParents(collection, pages, answering);
  const width = refuseTooMany(parents.length, run, settings);
  const bounds = { ...boundsOf(run), width, overlap };
  const missing = parents.map((parent) => ({ parent, covered: book.covered(parent) }));
  const cut = cutWindows(missing, bounds);
  // Windows that an earlier run has left, of parents that aren't asked for now, wait until they are.
  const asked = new Set(parents.map((parent) => parent.join('/')));
  const left = book.windows().filter(({ parent }) => asked.has(parent.join('/')));
  const joined = await joinWindows(left, cut, width, pages);
  const { windows } = joined;
  if (settings.parents && !continues) await refuseUnknown(settings, joined.fresh, book, pages, answering);
  // Sample before the windows are recorded: from then on others may work on them.
  const density = await densityIn(settings, windows, pages, answering);
  // We also need the API's clock by then; each answer tells it.
  if (!isAnswered && windows[0])
    await firstPage(settings, windows[0], pages, answering).catch((error: unknown) => {
      if (!concernsOne(error)) throw error;
    });
  await begin();
  await book.plan(joined, parents, run);
  const { name, pageSize } = collection;
  const plan = planOf(name, parents.length, windows, { density, pageSize, quota: ev.quota });
  return { plan: { ...plan, continues }, run, parents, windows, kept };
}

/** Most windows of an export: each takes a request at least, and memory while it is planned. */
const MOST_WINDOWS = 1_000_000;

/**
 * @returns how wide the windows are
 * @throws ConfigurationError for windows so narrow, or an export so long, that there are too many of them
 */
function refuseTooMany(parents: number, run: Run, settings: Settings): Time {
  const { since, until } = boundsOf(run);
  const width = settings.width ?? widthFor(parents, { since, until });
  const windows = Math.ceil((until - since) / width) * parents;
  if (windows <= MOST_WINDOWS) return width;
  throw new ConfigurationError(
    `window: ${windows.toLocaleString('en')} windows are too many, each of which takes a request; choose a longer one, or a later since`,
  );
}

/** Pages of which the first one that is stored begins the run. */
function beginningAt(pages: Pages, begin: (first: KeptPage) => Promise<void>): Pages {
  return {
    ...pages,
    append: async (id, page, index) => {
      await begin(page);
      return pages.append(id, page, index);
    },
  };
}

/** Number of windows to read a page of, for the plan. */
const SAMPLE = 5;

/**
 * Items per microsecond of a parent: from the given cadence, or from the first pages of some windows. Those pages are
 * stored. The first page of a wide window only shows its end, so we read the first page of a part of it, at a different
 * time in each window.
 */
async function densityIn(
  settings: Settings,
  windows: readonly Window[],
  pages: Pages,
  fetchPage: FetchPage,
): Promise<number> {
  if (settings.cadence !== undefined) return 1 / settings.cadence;
  const step = Math.max(1, Math.floor(windows.length / SAMPLE));
  const sample = windows.filter((_, index) => index % step === 0).slice(0, SAMPLE);
  let [sum, read] = [0, 0];
  for (const [index, whole] of sample.entries()) {
    const window = partOf(whole, sample.length === 1 ? 0 : index / (sample.length - 1));
    const into = window === whole ? pages : memoryPages();
    const density = await firstPage(settings, window, into, fetchPage)
      .then((first) => densityOf(first, window, settings.collection.by))
      .catch((error: unknown) => {
        // The API may answer for another parent; we request this window again when its turn comes.
        if (concernsOne(error)) return undefined;
        throw error;
      });
    if (density === undefined) continue;
    sum += density;
    read += 1;
  }
  return read === 0 ? 0 : sum / read;
}

/** A part of a wide window, beginning at that share of its time; the window itself if it isn't wide. */
function partOf(window: Window, share: number): Window {
  const left = lengthOf(window) - WIDTH;
  if (left <= 0) return window;
  const from = timeOf('from', window.from) + Math.round(left * share);
  return { ...window, from: textOf(from), until: textOf(from + WIDTH) };
}

/**
 * Asks for an item of one of the first parents with the query, and if that is refused, without it. A query that the API
 * refuses would fail for each parent, and then the corrected query would be refused as that of another export.
 *
 * @param first page of the list of parents
 * @throws ConfigurationError if it is the query that the API refuses
 */
async function refuseQuery(
  { collection, query }: Settings,
  { since, until }: Run,
  first: KeptPage,
  fetchPage: FetchPage,
): Promise<void> {
  const { by, parents } = collection;
  const isPlain = Object.values(query).every((value) => value === undefined);
  if (isPlain || parents.length !== 1) return;
  const bounds = { [PAGE_SIZE]: 1, [by + GTE]: since, [by + LTE]: until };
  const sample = first.items.slice(0, SAMPLE);
  const failures: EvEnergyError[] = [];
  for (const id of sample) {
    const refusalOf = (asked: Settings['query']) =>
      fetchPage(collection, [String(id)], { ...bounds, ...asked }).then(() => undefined, refusal);
    const refused = await refusalOf(query);
    if (!refused) return;
    // That says nothing about the query; the API may answer for another parent.
    if (!isRefusal(refused)) failures.push(refused);
    else if (!(await refusalOf({})))
      throw new ConfigurationError(
        `query: the API refuses ${inert(JSON.stringify(query))}; correct it, or leave it out: ${refused.message}`,
      );
  }
  const [failed] = failures;
  if (failed && failures.length === sample.length) throw failed;
}

/** @throws an error that doesn't concern one parent alone */
function refusal(error: unknown): EvEnergyError {
  if (concernsOne(error)) return error;
  throw error;
}

/**
 * Asks for a page of some of the parents that were given and are new here. If the API refuses one, it is likely to be
 * mistyped. Their pages are stored afterwards, unless one is refused: then there is no run that they could belong to.
 *
 * @throws ConfigurationError if the API refuses one
 */
async function refuseUnknown(
  settings: Settings,
  windows: readonly Window[],
  book: Book,
  pages: Pages,
  fetchPage: FetchPage,
): Promise<void> {
  const fresh = new Map(
    windows
      .filter(({ parent }) => book.covered(parent).length === 0)
      .map((window) => [window.parent.join('/'), window] as const),
  );
  const meanwhile = memoryPages();
  const read: (readonly [id: string, page: KeptPage])[] = [];
  let failed: ApiError | undefined;
  const store = async () => {
    for (const [id, page] of read) await pages.append(id, page, 0);
  };
  for (const [parent, window] of [...fresh].slice(0, SAMPLE)) {
    const id = windowId(window);
    if ((await pages.load(id)).length > 0) continue;
    try {
      read.push([id, await firstPage(settings, window, meanwhile, fetchPage)]);
    } catch (error) {
      if (isRefusal(error))
        throw new ConfigurationError(
          `parents: the API refuses ${inert(parent)}; correct it, or leave it out: ${error.message}`,
        );
      if (!(error instanceof ServerError)) {
        await store();
        throw error;
      }
      // The API may answer for another one.
      failed = error;
    }
  }
  await store();
  if (failed && read.length === 0) throw failed;
}

/** The first page of a window, which is stored. */
async function firstPage(
  { collection, query }: Settings,
  { parent, from, until }: Window,
  pages: Pages,
  fetchPage: FetchPage,
): Promise<KeptPage> {
  const { by } = collection;
  const bounds = { ...query, [by + GTE]: from, [by + LTE]: until };
  const [first] = await readPages(
    pages,
    windowId({ parent, from, until }),
    (cursor) => fetchPage(collection, parent, { ...bounds, ...cursor }),
    () => true,
  );
  return first as KeptPage;
}

/** A book that forgets all changes: for plans that are only shown. */
export function unwritten(book: Book): Book {
  return {
    pages: memoryPages(),
    place: book.place,
    owner: book.owner,
    run: book.run,
    begin: async () => {},
    covered: (parent) => book.covered(parent),
    plan: async () => {},
    windows: () => book.windows(),
  };
}
