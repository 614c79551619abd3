import { createHash } from 'node:crypto';
import { DAY, type Time, textOf, timeOf } from '../collection/time.js';

/** A stretch of time of one parent, the beginning included, the end not. */
export interface Window {
  /** The values of the collection's path, from the outermost on. */
  readonly parent: readonly string[];
  /** As the API writes times. */
  readonly from: string;
  readonly until: string;
}

/** What is covered of a parent: done, or cut into windows that are on their way. */
export interface Covered {
  readonly from: Time;
  readonly until: Time;
}

/** Short, and the same for the same window on every machine. */
export function windowId(window: Window): string {
  const text = JSON.stringify([window.parent, window.from, window.until]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

export function lengthOf({ from, until }: Window): Time {
  return timeOf('until', until) - timeOf('from', from);
}

/**
 * Cuts what is missing of each parent into windows: all parents' windows of one stretch before any of the next, so that
 * none waits for another to be done.
 * @param overlap how far before the end of what is covered it is asked again, for items that came late
 */
export function cutWindows(
  parents: readonly { readonly parent: readonly string[]; readonly covered: Covered | undefined }[],
  { since, until, width, overlap }: { since: Time; until: Time; width: Time; overlap: Time },
): Window[] {
  const cut = parents.flatMap(({ parent, covered }) =>
    missing(covered, since, until, overlap).flatMap(([from, end]) => {
      const windows: Window[] = [];
      // On a grid of whole days, so that two windows seldom meet within a day.
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

/** The widest window, unless another width is asked for. A window that holds too much is cut on its way. */
export const WIDTH: Time = 30 * DAY;
