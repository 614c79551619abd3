import { PaginationError } from '../../client/errors/pagination-error.js';
import { parseInstant } from '../../document/values/instant.js';
import { GTE, LTE } from '../../text/conventions.js';
import type { TimedCollection } from '../collection/collections.js';
import { itemTime, type Time, textOf, timeOf } from '../collection/time.js';
import { inTime } from '../sinks/in-time.js';
import type { Sink } from '../sinks/sink.js';
import { type FetchPage, type KeptPage, type Pages, readPages } from './pages.js';
import { type Window, windowId } from './window.js';

/** Number of pages after which a window is split: their items go to the sink, and the rest waits for its turn. */
const MOST_PAGES = 50;

/** The result of working on a window. */
export interface Worked {
  /** The stretch that is in the sink now. */
  readonly done: Window;
  /** The rest of the window, if it held too much. */
  readonly rest: Window | undefined;
  readonly items: number;
  /** Requests that it took. */
  readonly requests: number;
}

export interface Work {
  readonly collection: TimedCollection;
  /** Filters and expansions, besides the window's bounds. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly sink: Sink;
  readonly pages: Pages;
  readonly fetchPage: FetchPage;
  readonly signal: AbortSignal | undefined;
}

/**
 * Moves a window from the API to the sink. Its pages stay stored; the caller clears them when it marks the window as
 * done.
 */
export async function workWindow(work: Work, window: Window): Promise<Worked> {
  try {
    return await moveWindow(work, window);
  } catch (error) {
    // What can't be exported now may be corrected in the API, so the next attempt requests it again.
    if (error instanceof PaginationError) await work.pages.clear(windowId(window));
    throw error;
  }
}

async function moveWindow(work: Work, window: Window): Promise<Worked> {
  const { collection, sink } = work;
  const [from, until] = [timeOf('from', window.from), timeOf('until', window.until)];
  const { by } = collection;
  const query = { ...work.query, [by + GTE]: window.from, [by + LTE]: window.until };
  const kept = await readPages(
    work.pages,
    windowId(window),
    (cursor) => work.fetchPage(collection, window.parent, { ...query, ...cursor }),
    (pages) =>
      skipsTies(collection, pages.at(-1)) ||
      (pages.length >= MOST_PAGES && cutAt(collection, pages) !== undefined),
  );
  const cut = kept.at(-1)?.next === undefined ? undefined : cutAt(collection, kept);
  if (cut === undefined && skipsTies(collection, kept.at(-1)))
    throw new PaginationError(
      `${collection.row.id}: as many items as a page holds have the ${by} ${kept.at(-1)?.next}; its cursors, which are times, reach none behind them`,
    );
  const [doneFrom, doneUntil] =
    cut === undefined ? [from, until] : collection.newestFirst ? [cut + 1, until] : [from, cut];
  const items = kept
    .flatMap((page) => page.items)
    // The API's bounds are both inclusive; an item exactly at the end belongs to the next window.
    .filter((item) => within(itemTime(item, by), doneFrom, doneUntil));
  const done = { ...window, from: textOf(doneFrom), until: textOf(doneUntil) };
  await inTime(sink.write({ ...done, collection: collection.name, by, items }), work.signal);
  const rest =
    cut === undefined
      ? undefined
      : { ...window, ...(collection.newestFirst ? { until: textOf(cut + 1) } : { from: textOf(cut) }) };
  return { done, rest, items: items.length, requests: kept.length };
}

function within(time: Time, from: Time, until: Time): boolean {
  return time >= from && time < until;
}

/**
 * The last item's time, at which to cut; items of that time are left to the rest. Undefined if all items have the same
 * time.
 */
function cutAt({ by }: TimedCollection, kept: readonly KeptPage[]): Time | undefined {
  const [first, last] = [kept.find(({ items }) => items.length > 0)?.items[0], lastItem(kept)];
  if (first === undefined || last === undefined) return undefined;
  const time = itemTime(last, by);
  return itemTime(first, by) === time ? undefined : time;
}

/**
 * Whether the link to the next page may skip items: its cursor is the last item's time, and skips every item of that
 * time. On this page several items share a time, so more of them may follow. We split the window there, to request them
 * again.
 */
function skipsTies({ by }: TimedCollection, page: KeptPage | undefined): boolean {
  if (page?.next === undefined || page.items.length === 0) return false;
  if (parseInstant(page.next) !== itemTime(page.items.at(-1), by)) return false;
  const times = page.items.map((item) => itemTime(item, by));
  return times.some((time, index) => time === times[index + 1]);
}

function lastItem(kept: readonly KeptPage[]): unknown {
  return kept.findLast(({ items }) => items.length > 0)?.items.at(-1);
}
