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

/** The stretch of a parent that is covered: done, or cut into pending windows. */
export interface Covered {
  readonly from: Time;
  readonly until: Time;
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
 * @param overlap how much of the end of what is covered to request again, for items that came late
 */
export function cutWindows(
  parents: readonly { readonly parent: readonly string[]; readonly covered: Covered | undefined }[],
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

function missing(covered: Covered | undefined, since: Time, until: Time, overlap: Time): [Time, Time][] {
  if (!covered) return [[since, until]];
  const before: [Time, Time] = [since, covered.from];
  const after: [Time, Time] = [Math.max(since, covered.until - overlap), until];
  return [before, ...(covered.until < until ? [after] : [])].filter(([from, end]) => from < end) as [
    Time,
    Time,
  ][];
}

/** What is covered of a parent once all windows of the run are done. */
export function coveredAfter(
  before: Covered | undefined,
  run: { readonly since: string; readonly until: string },
): [from: string, until: string] {
  if (!before) return [run.since, run.until];
  const [from, until] = [textOf(before.from), textOf(before.until)];
  return [from < run.since ? from : run.since, until > run.until ? until : run.until];
}

/** Default width of a window. A window that holds too much is cut while it is worked on. */
export const WIDTH: Time = 30 * DAY;
