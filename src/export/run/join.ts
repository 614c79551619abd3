import { type Time, timeOf } from '../collection/time.js';
import type { Pages } from './pages.js';
import { type Window, windowId } from './window.js';

/** The windows of a run, and what has to be recorded of them. */
export interface Joined {
  /** All windows, in the order to work on them. */
  readonly windows: readonly Window[];
  /** Those that aren't recorded yet. */
  readonly fresh: readonly Window[];
  /** Recorded windows that are now part of a new one. */
  readonly replaced: readonly Window[];
}

/**
 * Joins the windows of a parent that touch each other and of which nothing has been fetched yet. If the API refuses a
 * parent, each export leaves another window behind, and the next would request every one of them.
 *
 * @param left by earlier runs
 * @param cut for this one
 * @param width that a window spans at most, on the grid on which they are cut
 */
export async function joinWindows(
  left: readonly Window[],
  cut: readonly Window[],
  width: Time,
  pages: Pages,
): Promise<Joined> {
  const neighbours = new Map<string, Window[]>();
  for (const window of [...left, ...cut]) {
    const cell = Math.floor(timeOf('from', window.from) / width);
    const key = JSON.stringify([window.parent, cell]);
    neighbours.set(key, [...(neighbours.get(key) ?? []), window]);
  }
  const parts = new Map<Window, Window>();
  for (const windows of neighbours.values()) {
    if (windows.length === 1) continue;
    const untouched = [];
    for (const window of windows)
      if ((await pages.load(windowId(window))).length === 0) untouched.push(window);
    for (const [whole, within] of wholes(untouched)) for (const part of within) parts.set(part, whole);
  }
  // Each in the place of its first part.
  const wholeOf = (window: Window) => parts.get(window) ?? window;
  const windows = [
    ...new Map([...left, ...cut].map(wholeOf).map((whole) => [windowId(whole), whole])).values(),
  ];
  const [kept, recorded] = [new Set(windows.map(windowId)), new Set(left.map(windowId))];
  return {
    windows,
    fresh: windows.filter((window) => !recorded.has(windowId(window))),
    replaced: left.filter((window) => !kept.has(windowId(window))),
  };
}

/** The stretches that the windows of one parent make together, and the windows within each. */
function wholes(windows: readonly Window[]): [whole: Window, parts: Window[]][] {
  const found: [Window, Window[]][] = [];
  for (const window of windows.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = found.at(-1);
    if (last && window.from <= last[0].until) {
      last[1].push(window);
      if (window.until > last[0].until) last[0] = { ...last[0], until: window.until };
    } else found.push([window, [window]]);
  }
  return found;
}
