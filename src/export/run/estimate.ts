import type { Quota } from '../../client/quota/quota.js';
import { itemTime, type Time } from '../collection/time.js';
import type { ExportPlan } from '../options.js';
import type { KeptPage } from './pages.js';
import { lengthOf, type Window } from './window.js';

/** Items per microsecond that a window's first page suggests. */
export function densityOf(page: KeptPage, window: Window, by: string): number {
  const { items, next } = page;
  if (next === undefined || items.length < 2) return items.length / lengthOf(window);
  const [first, last] = [itemTime(items[0], by), itemTime(items.at(-1), by)];
  return first === last ? items.length / lengthOf(window) : (items.length - 1) / Math.abs(first - last);
}

/** Estimates what the windows will take. */
export function planOf(
  collection: string,
  parents: number,
  windows: readonly Window[],
  { density, pageSize, quota }: { density: number; pageSize: number; quota: Quota },
): Omit<ExportPlan, 'continues'> {
  let [items, requests] = [0, 0];
  for (const window of windows) {
    const expected = lengthOf(window) * density;
    items += expected;
    // The window's bounds are both inclusive, so a page that is exactly full has another one behind it.
    requests += Math.floor(expected / pageSize) + 1;
  }
  const left = leftOf(quota);
  const hours = hoursFor(requests, quota);
  return { collection, parents, windows: windows.length, items: Math.round(items), requests, left, hours };
}

/** Requests that the quota has left, without its reserve. */
function leftOf({ remaining, reserve }: Quota): number | undefined {
  return remaining === undefined ? undefined : Math.max(0, remaining - reserve);
}

/** Hours until this many requests are sent: first what is left, then what each hour allows. */
export function hoursFor(requests: number, quota: Quota): number | undefined {
  const left = leftOf(quota);
  if (quota.limit === undefined || left === undefined) return undefined;
  return Math.max(0, requests - left) / Math.max(1, quota.limit - quota.reserve);
}

/** Estimates the remaining windows from those that are done. */
export class Forecast {
  /** Microseconds of all windows, and of those that are done. */
  #whole: Time = 0;
  #done: Time = 0;
  /** Requests that the finished windows needed. */
  #requests = 0;
  readonly #planned: number;

  /** @param planned requests that the plan expects for the windows */
  constructor(windows: Iterable<Window>, planned: number) {
    for (const window of windows) this.#whole += lengthOf(window);
    this.#planned = planned;
  }

  learn(done: Window, requests: number): void {
    this.#done += lengthOf(done);
    this.#requests += requests;
  }

  /** Requests of all windows: from the plan, until a tenth is done and gives a better estimate. */
  get total(): number {
    if (this.#whole === 0) return 0;
    const share = this.#done / this.#whole;
    return share < 0.1 ? Math.max(this.#planned, this.#requests) : this.#requests / share;
  }

  /** Requests still needed. */
  get expected(): number {
    return Math.max(0, Math.round(this.total - this.#requests));
  }
}
