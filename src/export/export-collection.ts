import type { EvEnergyError } from '../client/errors/base.js';
import type { EvEnergy } from '../client/ev-energy.js';
import { withFileLock } from '../node/file-lock.js';
import { textOf } from './collection/time.js';
import { concernsOne, ExportError, isRefusal } from './errors.js';
import { withoutSecrets } from './exit.js';
import { openFolder } from './folders.js';
import { Journal } from './journal/journal.js';
import type { ExportOptions, ExportPlan, ExportResult } from './options.js';
import { Forecast, hoursFor } from './run/estimate.js';
import type { FetchPage } from './run/pages.js';
import { planRun, refuseOthers, unwritten } from './run/plan-run.js';
import { Turnstile } from './run/turnstile.js';
import { waitingFetch } from './run/waiting-fetch.js';
import type { Window } from './run/window.js';
import { workWindow } from './run/work.js';
import { type Settings, settingsOf } from './settings.js';

/**
 * Exports a collection that is ordered by time, of every parent, from the API into a sink. With a journal, repeating
 * the same call brings the sink up to date.
 *
 * @throws ConfigurationError before anything is sent, for an option that can't be used, a sink that can't be written or
 * a journal of another export
 * @throws ExportError if the API refuses some windows, or fails for some
 * @example
 * await exportCollection(ev, {
 *   collection: 'evses.statusLogs', since: '2026-11-01', sink: ndjsonSink('logs'), journal: 'logs/.journal',
 * });
 */
export async function exportCollection<T = unknown>(
  ev: EvEnergy,
  options: ExportOptions<T>,
): Promise<ExportResult> {
  return withoutSecrets(
    ev,
    (text) => text,
    () => exportInto(ev, settingsOf(options)),
  );
}

/** Milliseconds to wait for a journal that another export holds. We notice sooner than that if the other was killed. */
const PATIENCE = 6_000;

async function exportInto(ev: EvEnergy, settings: Settings): Promise<ExportResult> {
  const { journal, sink } = settings;
  // Refuses another export's journal, and another question, before anything is written.
  await refuseOthers(ev, settings, await Journal.open(journal));
  const run = async () => new Export(ev, settings, await Journal.open(journal)).run();
  try {
    if (journal === undefined) return await run();
    const leave = await openFolder('journal', journal);
    // Two exports with one journal would fetch and write the same.
    const lock = { option: 'journal', patience: PATIENCE, signal: settings.signal };
    return await withFileLock(`${journal}/journal.lock`, lock, run).finally(leave);
  } finally {
    await sink.close?.();
  }
}

/**
 * Estimates what `exportCollection` would take with the same options. It lists the parents and, unless you set
 * `cadence`, reads a page of some of them. If you set `parents`, it always reads a page of some. It writes nothing.
 *
 * @throws ConfigurationError for what `exportCollection` would refuse
 */
export async function planExport<T = unknown>(ev: EvEnergy, options: ExportOptions<T>): Promise<ExportPlan> {
  return withoutSecrets(
    ev,
    (text) => text,
    async () => {
      const settings = settingsOf(options);
      const { journal } = settings;
      const book = unwritten(await Journal.open(journal));
      if (journal !== undefined) await (await openFolder('journal', journal))();
      return (await planRun(ev, settings, book, waitingFetch(ev, settings))).plan;
    },
  );
}

/** Number of parents in a row for which the server may fail before we take it to be out of order. */
const MOST_FAILURES = 5;

/** An export in this process. */
class Export {
  readonly #ev: EvEnergy;
  readonly #settings: Settings;
  readonly #journal: Journal;
  readonly #turnstile: Turnstile;
  readonly #began: number;
  /** Ends all windows if one fails for a reason that concerns the others too. */
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #fetchPage: FetchPage;
  readonly #refused: EvEnergyError[] = [];
  /** The parents for which the server has failed since it last succeeded for one. */
  readonly #failing = new Set<string>();
  #parents = 0;
  #requests = 0;
  #items = 0;
  #done = 0;
  #total = 0;
  #forecast = new Forecast([], 0);

  constructor(ev: EvEnergy, settings: Settings, journal: Journal) {
    this.#ev = ev;
    this.#settings = settings;
    this.#journal = journal;
    const { clock, signal } = settings;
    this.#signal = signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal;
    this.#turnstile = new Turnstile(clock, this.#signal);
    const waiting = waitingFetch(ev, settings, {
      turnstile: this.#turnstile,
      signal: this.#signal,
      onWait: () => this.#tell(),
    });
    this.#fetchPage = async (...asked) => {
      const page = await waiting(...asked);
      this.#requests += 1;
      this.#tell();
      return page;
    };
    this.#began = clock.now();
  }

  /** Finishes the run that an earlier start has begun, and then exports what is missing since. */
  async run(): Promise<ExportResult> {
    const { collection, until, onPlan } = this.#settings;
    for (;;) {
      const planned = await planRun(this.#ev, this.#settings, this.#journal, this.#fetchPage);
      const { plan, run, windows, kept } = planned;
      this.#parents = plan.parents;
      onPlan(plan);
      await this.#workAll([...windows], plan);
      await this.#journal.finish(kept);
      if (run.until < textOf(until)) continue;
      const [first] = this.#refused;
      if (first)
        throw new ExportError(
          `the API refused ${this.#refused.length} of ${this.#total} windows, which the next start tries again; the first: ${first.message}`,
        );
      const { name } = collection;
      const [parents, done] = [plan.parents, this.#done];
      return { collection: name, parents, windows: done, items: this.#items, requests: this.#requests };
    }
  }

  async #workAll(queue: Window[], plan: ExportPlan): Promise<void> {
    this.#forecast = new Forecast(queue, plan.requests);
    this.#total += queue.length;
    let next = 0;
    // `next` must not go past the end, or windows that are added later would be skipped.
    const take = () => (next < queue.length ? queue[next++] : undefined);
    const worker = async () => {
      for (let window = take(); window; window = take()) {
        const rest = await this.#work(window);
        if (!rest) continue;
        // At the end of the queue, so that no other parent has to wait for it.
        queue.push(rest);
        this.#total += 1;
      }
    };
    const workers = Array.from({ length: this.#settings.concurrency }, async () => {
      try {
        await worker();
      } catch (error) {
        this.#stop.abort(error);
        throw error;
      }
    });
    // Wait for all workers: afterwards the journal may belong to another start.
    const failed = (await Promise.allSettled(workers)).find((result) => result.status === 'rejected');
    if (failed)
      throw this.#settings.signal?.aborted ? this.#settings.signal.reason : this.#stop.signal.reason;
  }

  /** @returns the rest of the window, if it held too much */
  async #work(window: Window): Promise<Window | undefined> {
    const { collection, query, sink } = this.#settings;
    const { pages } = this.#journal;
    try {
      const [fetchPage, signal] = [this.#fetchPage, this.#signal];
      const worked = await workWindow({ collection, query, sink, pages, fetchPage, signal }, window);
      await this.#journal.done(window, worked);
      this.#failing.clear();
      this.#forecast.learn(worked.done, worked.requests);
      this.#items += worked.items;
      this.#done += 1;
      this.#tell();
      return worked.rest;
    } catch (error) {
      if (!concernsOne(error)) throw error;
      // So many in a row without a success: the server fails for everything.
      if (isRefusal(error)) this.#failing.clear();
      else this.#failing.add(window.parent.join('/'));
      if (this.#failing.size > Math.min(MOST_FAILURES, this.#parents - 1)) throw error;
      this.#refused.push(error);
      return undefined;
    }
  }

  #tell(): void {
    const hours = (this.#settings.clock.now() - this.#began) / 3_600_000;
    const perHour = hours > 0 ? this.#requests / hours : 0;
    const { expected } = this.#forecast;
    const allowed = hoursFor(expected, this.#ev.quota) ?? 0;
    this.#settings.onProgress({
      windows: { done: this.#done, total: this.#total },
      items: this.#items,
      requests: this.#requests,
      perHour: Math.round(perHour),
      expected,
      hours: Math.max(allowed, perHour > 0 ? expected / perHour : 0),
      waitingUntil: this.#turnstile.waitingUntil,
    });
  }
}
