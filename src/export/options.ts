import type { Batch, Sink } from './sinks/sink.js';

/** What to export, and where to. */
export interface ExportOptions<T = unknown> {
  /**
   * A collection in the order of a time: its place in the client (`evses.statusLogs`), its path, or the last part of either
   * (`command-logs`) where that is the only one. Its parents are listed, and all of them are exported.
   */
  collection: string;
  /** The earliest time, inclusive: a `Date`, `2026-11-01T08:00:00Z`, or a day, which begins at 00:00 UTC. */
  since: Date | string;
  /** The latest time, exclusive. Default: now. */
  until?: Date | string | undefined;
  /**
   * `ndjsonSink(…)`, `csvSink(…)`, or a function that takes a batch. The same batch may come again, and has to replace
   * itself: `DELETE` what a table has of the parent and the stretch and `INSERT` the items, in one transaction, or upsert.
   */
  sink: Sink<T> | ((batch: Batch<T>) => Promise<void> | void);
  /**
   * Folder with what another start needs to go on: after a stop or a kill nothing is fetched twice, and after the end
   * only what is new. Default: none, this run is on its own.
   */
  journal?: string | undefined;
  /** Milliseconds before the end of what was exported that are asked for again, for items that came late. Default: an hour. */
  overlap?: number | undefined;
  /** Milliseconds that a window spans at most. Default: 30 days. */
  window?: number | undefined;
  /** Windows that are worked on at a time, 1 to 64. Default: 4. */
  concurrency?: number | undefined;
  /** Seconds between two items of a parent, for the plan. Default: taken from a page of some parents. */
  cadence?: number | undefined;
  /** Filters and expansions for each request, such as `{ expand: ['evse'] }`. Default: none. */
  query?: Readonly<Record<string, unknown>> | undefined;
  /** Values of the collection's path, where not all parents are meant: `[['evse01…']]`. Default: all that the API lists. */
  parents?: readonly (readonly string[])[] | undefined;
  /** What to do when the quota has no request left: wait until it has, or end with its error. Default: `'wait'`. */
  whenEmpty?: 'wait' | 'stop' | undefined;
  /** Told the plan, before the first window. */
  onPlan?: ((plan: ExportPlan) => void) | undefined;
  /** Told after each page, and when it begins to wait. */
  onProgress?: ((progress: ExportProgress) => void) | undefined;
  /** Ends the export; with a journal, another start goes on. */
  signal?: AbortSignal | undefined;
  /** @internal A clock in place of the real one, for tests. */
  clock?: Clock | undefined;
}

/** What an export is going to take. */
export interface ExportPlan {
  /** The collection's place in the client. */
  readonly collection: string;
  readonly parents: number;
  readonly windows: number;
  /** Items that are expected. */
  readonly items: number;
  /** Requests that are expected. */
  readonly requests: number;
  /** Requests that the quota has left now, its reserve apart; undefined where the API doesn't tell. */
  readonly left: number | undefined;
  /** Hours that the quota makes it last; undefined where the API doesn't tell. */
  readonly hours: number | undefined;
}

/** How far an export is. */
export interface ExportProgress {
  readonly windows: { readonly done: number; readonly total: number };
  readonly items: number;
  readonly requests: number;
  /** Requests an hour so far. */
  readonly perHour: number;
  /** Requests that are still expected. */
  readonly expected: number;
  /** Hours that are still expected, at the rate so far and by what the quota allows. */
  readonly hours: number;
  /** Until when it waits for the quota; undefined where it doesn't. */
  readonly waitingUntil: Date | undefined;
}

/** What an export has done. */
export interface ExportResult {
  readonly collection: string;
  readonly parents: number;
  readonly windows: number;
  readonly items: number;
  readonly requests: number;
}

export interface Clock {
  now(): number;
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}
