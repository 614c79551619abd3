import type { EvEnergy } from '../../client/ev-energy.js';
import { textOf } from '../collection/time.js';
import { memoryPages } from '../journal/journal.js';
import type { ExportPlan } from '../options.js';
import { type FetchPage, requestPage } from '../run/pages.js';
import { type Book, planRun } from '../run/plan-run.js';
import { againAt, Turnstile } from '../run/turnstile.js';
import { type Settings, settingsOf } from '../settings.js';
import { type Connected, connectQueue } from './connect.js';
import type { QueueOptions } from './options.js';

/** See `through-redis.ts`. */
export async function produceExport<T = unknown>(
  ev: EvEnergy,
  { redis, prefix, silence: _, ...options }: QueueOptions<T>,
): Promise<ExportPlan> {
  const settings = settingsOf(options);
  const connected = await connectQueue(settings, redis, prefix);
  try {
    return await produce(ev, settings, connected);
  } finally {
    await connected.close();
  }
}

/** See `through-redis.ts`. */
export async function planThroughQueue<T = unknown>(
  ev: EvEnergy,
  { redis, prefix, silence: _, ...options }: QueueOptions<T>,
): Promise<ExportPlan> {
  const settings = settingsOf(options);
  const connected = await connectQueue(settings, redis, prefix);
  try {
    return (await planRun(ev, settings, unwritten(connected.book), waiting(ev, settings))).plan;
  } finally {
    await connected.close();
  }
}

/** What a book says, of which nothing that is done to it is kept. */
function unwritten(book: Book): Book {
  return {
    pages: memoryPages(),
    where: book.where,
    run: book.run,
    begin: async () => {},
    covered: (parent) => book.covered(parent),
    plan: async () => {},
    windows: () => book.windows(),
  };
}

export async function produce(ev: EvEnergy, settings: Settings, { book }: Connected): Promise<ExportPlan> {
  let before: ExportPlan | undefined;
  for (;;) {
    const { plan, run, kept } = await planRun(ev, settings, book, waiting(ev, settings));
    await book.queued(kept);
    before = before ? together(before, plan) : plan;
    // That was the run of a producer that was killed; what is asked for now goes on from there.
    if (run.until >= textOf(settings.until)) return before;
    await book.load();
  }
}

/** The plan of a run and of the one after it. */
function together(first: ExportPlan, next: ExportPlan): ExportPlan {
  return {
    ...next,
    windows: first.windows + next.windows,
    items: first.items + next.items,
    requests: first.requests + next.requests,
    hours: next.hours === undefined ? undefined : (first.hours ?? 0) + next.hours,
    continues: first.continues,
  };
}

/** Sends requests, and waits while the quota has none left. */
function waiting(ev: EvEnergy, { signal, clock, wait }: Settings): FetchPage {
  const turnstile = new Turnstile(clock, signal);
  return async (list, parent, query) => {
    for (;;) {
      await turnstile.pass();
      try {
        return await requestPage(ev, list, parent, query, signal);
      } catch (error) {
        const at = againAt(error, ev.quota, clock.now());
        if (at === undefined || !wait) throw error;
        turnstile.close(at);
      }
    }
  };
}
