import { createHash } from 'node:crypto';
import { DAY, type Time, textOf, timeOf } from '../collection/time.js';

/** A stretch of time of one parent: `from` is inclusive, `until` exclusive. */
export interface Window {
  /** The values of the collection's path, from the outermost on. */
  readonly parent: readonly string[];
  /** In the API's time format. */
  readonly from: string;
  readonly until: string;
}

/** A stretch of a parent that is covered: done, or cut into pending windows. */
export interface Covered {
  readonly from: Time;
  readonly until: Time;
}

/** @throws if it isn't a window, but something that another program has written in its place */
export function checkedWindow(window: Window): Window {
  for (const time of [window.from, window.until]) timeOf('window', time);
  if (!window.parent.every((name) => typeof name === 'string'))
    throw new TypeError('its parent is not a list of names');
  return window;
}

/** Short, and the same on every machine. */
export function windowId(window: Window): string {
  const text = JSON.stringify([window.parent, window.from, window.until]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

export function lengthOf({ from, until }: Window): Time {
  return timeOf('until', until) - timeOf('from', from);
}

/**
 * Cuts what is missing of each parent into windows. All parents' windows of one stretch come before any of the next, so
 * that no parent waits until another is done.
 * @param overlap how much of the end of each covered stretch to request again, for items that came late
 */
export function cutWindows(
  parents: readonly { readonly parent: readonly string[]; readonly covered: readonly Covered[] }[],
  { since, until, width, overlap }: { since: Time; until: Time; width: Time; overlap: Time },
): Window[] {
  const cut = parents.flatMap(({ parent, covered }) =>
    missing(covered, since, until, overlap).flatMap(([from, end]) => {
      const windows: Window[] = [];
      // On a grid of whole days, so that two windows rarely share a day.
      for (let at = from; at < end; ) {
        const next = Math.min(end, (Math.floor(at / width) + 1) * width);
        windows.push({ parent, from: textOf(at), until: textOf(next) });
        at = next;
      }
      return windows;
    }),
  );
  return cut.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

function missing(covered: readonly Covered[], since: Time, until: Time, overlap: Time): [Time, Time][] {
  const gaps: [Time, Time][] = [];
  let at = since;
  for (const { from, until: end } of covered) {
    if (from >= until) break;
    if (at < from) gaps.push([at, from]);
    // A covered stretch that ends in here is where an export ended; items may have come in late after it.
    at = Math.max(at, end < until ? Math.max(from, end - overlap) : end);
  }
  if (at < until) gaps.push([at, until]);
  return gaps;
}

/**
 * What is covered of a parent once all windows of the run are done: stretches in the order of time, with gaps between.
 */
export function coveredAfter(
  before: readonly Covered[],
  { since, until }: { readonly since: Time; readonly until: Time },
): readonly Covered[] {
  const stretches: Covered[] = [];
  for (const next of [...before, { from: since, until }].sort((a, b) => a.from - b.from)) {
    const last = stretches.at(-1);
    if (last && next.from <= last.until)
      stretches[stretches.length - 1] = { from: last.from, until: Math.max(last.until, next.until) };
    else stretches.push(next);
  }
  return stretches;
}

/** The width of the samples for a plan; we don't cut windows smaller than this by ourselves. */
export const WIDTH: Time = 30 * DAY;

/** Windows that are worth having: as many as may be worked on at a time. */
const MANY = 64;

/** Wider than all of time. */
const WHOLE: Time = Number.MAX_SAFE_INTEGER;

/**
 * How much time a window spans, unless that was chosen. Windows may be wide, since one with too many items is split
 * while it is being exported, and each window costs a request, even if a parent has no items in it, say because it
 * didn't exist yet. If there are few parents, each gets several windows, to be exported side by side.
 */
export function widthFor(parents: number, { since, until }: { since: Time; until: Time }): Time {
  const each = Math.ceil(MANY / Math.max(1, parents));
  return each === 1 ? WHOLE : Math.max(WIDTH, Math.ceil((until - since) / each / DAY) * DAY);
}
