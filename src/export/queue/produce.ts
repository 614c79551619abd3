import type { EvEnergy } from '../../client/ev-energy.js';
import { textOf } from '../collection/time.js';
import type { ExportPlan } from '../options.js';
import { type Planned, planRun, unwritten } from '../run/plan-run.js';
import { waitingFetch } from '../run/waiting-fetch.js';
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
    return (await produce(ev, settings, connected)).plan;
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
    return (await planRun(ev, settings, unwritten(connected.book), waitingFetch(ev, settings))).plan;
  } finally {
    await connected.close();
  }
}

/** Queues what is missing. @returns the plan, and the parents that it is of */
export async function produce(
  ev: EvEnergy,
  settings: Settings,
  { book }: Connected,
): Promise<Pick<Planned, 'plan' | 'parents'>> {
  let before: ExportPlan | undefined;
  for (;;) {
    const { plan, parents, run, kept } = await planRun(ev, settings, book, waitingFetch(ev, settings));
    await book.queued(kept);
    before = before ? together(before, plan) : plan;
    // That was the run of a producer that was killed; what is asked for now goes on from there.
    if (run.until >= textOf(settings.until)) return { plan: before, parents };
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
