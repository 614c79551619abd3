import type { EvEnergy } from '../../client/ev-energy.js';
import { abortable } from '../../client/wait/abort.js';
import { type Time, textOf } from '../collection/time.js';
import type { ExportPlan } from '../options.js';
import { type Planned, planRun, unwritten } from '../run/plan-run.js';
import { waitingFetch } from '../run/waiting-fetch.js';
import type { Settings } from '../settings.js';
import { type Connected, connectQueue } from './connect.js';
import { type QueueOptions, sharedSettings } from './options.js';

/** Microseconds within which machines count as started together. */
const TOGETHER: Time = 60e6;

/** See `through-redis.ts`. */
export async function produceExport<T = unknown>(
  ev: EvEnergy,
  options: QueueOptions<T>,
): Promise<ExportPlan> {
  return planConnected(ev, options, (settings, connected) => produce(ev, settings, connected));
}

/** See `through-redis.ts`. */
export async function planThroughQueue<T = unknown>(
  ev: EvEnergy,
  options: QueueOptions<T>,
): Promise<ExportPlan> {
  return planConnected(ev, options, (settings, { book }) =>
    planRun(ev, settings, unwritten(book), waitingFetch(ev, settings)),
  );
}

/** Connects to the queue for as long as it takes to plan. */
async function planConnected<T>(
  ev: EvEnergy,
  options: QueueOptions<T>,
  plan: (settings: Settings, connected: Connected) => Promise<Pick<Planned, 'plan'>>,
): Promise<ExportPlan> {
  const settings = sharedSettings(ev, options);
  const connected = await connectQueue(ev, settings, options.redis, options.prefix);
  try {
    // While Redis is away it doesn't answer, but a signal must still end the program.
    return (await abortable(plan(settings, connected), settings.signal)).plan;
  } finally {
    await connected.close();
  }
}

/** Queues what is missing. @returns the plan, and the parents that it covers */
export async function produce(
  ev: EvEnergy,
  settings: Settings,
  connected: Connected,
): Promise<Pick<Planned, 'plan' | 'parents'>> {
  // Two producers that cut the same stretch at different moments would have it fetched twice.
  return connected.alone(async () => produceAlone(ev, await joining(settings, connected), connected));
}

/**
 * Machines that start together with `until` now mean the same moment: that of the first, whose windows are under way.
 */
async function joining(settings: Settings, { book, open }: Connected): Promise<Settings> {
  if (!settings.untilIsNow) return settings;
  const last = await book.lastQueued();
  if (!last || Math.abs(settings.until - last.until) > TOGETHER || (await open()) === 0) return settings;
  const isSince = settings.sinceIsAgo && Math.abs(settings.since - last.since) <= TOGETHER;
  return { ...settings, until: last.until, since: isSince ? last.since : settings.since };
}

async function produceAlone(
  ev: EvEnergy,
  settings: Settings,
  { book }: Connected,
): Promise<Pick<Planned, 'plan' | 'parents'>> {
  let before: ExportPlan | undefined;
  for (;;) {
    // Another producer may have queued something meanwhile.
    await book.load();
    const { plan, parents, run, kept } = await planRun(ev, settings, book, waitingFetch(ev, settings));
    await book.queued(run, kept);
    before = before ? together(before, plan) : plan;
    // That run belonged to a producer that was killed; this one continues from there.
    if (run.until >= textOf(settings.until)) return { plan: before, parents };
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
