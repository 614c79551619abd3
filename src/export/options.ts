import type { Batch, Sink } from './sinks/sink.js';

/** What to export, and where to. */
export interface ExportOptions<T = unknown> {
  /**
   * A collection ordered by time: its place in the client (`evses.statusLogs`), its path, or the last part of either
   * (`command-logs`) if only one collection has it. The export lists its parents and covers all of them.
   */
  collection: string;
  /**
   * The earliest time, inclusive: a `Date`, `2026-11-01T08:00:00Z`, a day, which begins at 00:00 UTC, or `7d` (`36h`,
   * `15m`, `90s`) for so long ago. To continue an unfinished export, give the `since` that it began with, or one such
   * as `7d`.
   */
  since: Date | string;
  /** The latest time, exclusive, in the same forms as `since`; a time in the future counts as now. Default: now. */
  until?: Date | string | undefined;
  /**
   * `ndjsonSink(…)`, `csvSink(…)`, `parquetSink(…)`, or a function that takes a batch. The same batch may come again,
   * and must replace itself: in one transaction, `DELETE` the table's rows of that parent and stretch and `INSERT` the
   * items, or upsert.
   */
  sink: Sink<T> | ((batch: Batch<T>) => Promise<void> | void);
  /**
   * Folder for what another start needs to continue: after a stop or a kill nothing is fetched twice, and after the end
   * only what is new is fetched. Default: none; each run begins from scratch.
   */
  journal?: string | undefined;
  /** Milliseconds before the end of the last export to request again, for items that came late. Default: an hour. */
  overlap?: number | undefined;
  /**
   * Most milliseconds that a window spans. Default: the whole time, or less, down to 30 days, if there are few parents.
   * Each window costs a request; a window with too many items is split while it is being exported.
   */
  window?: number | undefined;
  /** Windows to work on at a time, 1 to 64. Default: 4. */
  concurrency?: number | undefined;
  /** Seconds between two items of a parent, for the plan. Default: estimated from a page of some parents. */
  cadence?: number | undefined;
  /** Filters and expansions for each request, such as `{ expand: ['evse'] }`. Default: none. */
  query?: Readonly<Record<string, unknown>> | undefined;
  /** Values of the collection's path, to export only some parents: `[['evse01…']]`. Default: all that the API lists. */
  parents?: readonly (readonly string[])[] | undefined;
  /**
   * What to do when the quota has no request left: wait for it, or end with its error. With a queue, `'stop'` ends this
   * program; other machines wait. Default: `'wait'`.
   */
  whenEmpty?: 'wait' | 'stop' | undefined;
  /** Called with the plan, before the first window. */
  onPlan?: ((plan: ExportPlan) => void) | undefined;
  /** Called after each page, and when a wait for the quota begins. */
  onProgress?: ((progress: ExportProgress) => void) | undefined;
  /** Aborts the export; with a journal, another start continues it. */
  signal?: AbortSignal | undefined;
  /** @internal Replaces the real clock, for tests. */
  clock?: Clock | undefined;
}

/** What an export is expected to take. */
export interface ExportPlan {
  /** The collection's place in the client. */
  readonly collection: string;
  /** Number of parents whose items it takes. */
  readonly parents: number;
  /** Stretches of time, each of one parent, into which it cuts the work. */
  readonly windows: number;
  /** Expected number of items. */
  readonly items: number;
  /** Expected number of requests. */
  readonly requests: number;
  /** Requests that the quota has left now, without its reserve; undefined if the API doesn't say. */
  readonly left: number | undefined;
  /** Hours that the export takes because of the quota; undefined if the API doesn't say. */
  readonly hours: number | undefined;
  /** The unfinished export that this one continues, if any: when it began, and its bounds. */
  readonly continues: { readonly begun: Date; readonly since: string; readonly until: string } | undefined;
}

/** How far an export is. */
export interface ExportProgress {
  /** Windows that are done, and the number of all windows; splitting one with too many items adds one. */
  readonly windows: { readonly done: number; readonly total: number };
  /** Items that the sink has taken. */
  readonly items: number;
  /** Requests so far. */
  readonly requests: number;
  /** Requests per hour so far. */
  readonly perHour: number;
  /** Requests that are expected to follow. */
  readonly expected: number;
  /** Hours that are expected to remain, given the rate so far and the quota. */
  readonly hours: number;
  /** Until when it waits for the quota; undefined if it doesn't wait. */
  readonly waitingUntil: Date | undefined;
}

/** What an export has done. */
export interface ExportResult {
  /** The collection's place in the client. */
  readonly collection: string;
  /** Number of parents whose items it took. */
  readonly parents: number;
  /** Windows that this call worked on. */
  readonly windows: number;
  /** Items that the sink took. */
  readonly items: number;
  /** Requests to the API. */
  readonly requests: number;
}

export interface Clock {
  now(): number;
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}
