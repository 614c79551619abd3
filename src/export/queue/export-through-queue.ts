import type { Job } from 'bullmq';
import { QuotaReserveError } from '../../client/errors/quota-reserve-error.js';
import type { EvEnergy } from '../../client/ev-energy.js';
import { cut } from '../../client/exit/redactor.js';
import { abortable, sleep } from '../../client/wait/abort.js';
import { inert } from '../../text/words.js';
import { ExportError } from '../errors.js';
import type { ExportPlan, ExportResult } from '../options.js';
import { hoursFor } from '../run/estimate.js';
import { type Planned, refuseOthers } from '../run/plan-run.js';
import { LONGEST_WAIT } from '../run/turnstile.js';
import type { Settings } from '../settings.js';
import { type Connected, connectQueue, UNLIMITED, type WindowJob, windowOf } from './connect.js';
import { type QueueOptions, sharedSettings } from './options.js';
import { produce } from './produce.js';
import { type RunningWorker, startWorker } from './work-on-export.js';

/** Milliseconds between two checks of the queue. */
const LOOK = 250;

/** Most characters of a stored reason that an error shows. */
const LONGEST = 1_000;

/** See `through-redis.ts`. */
export async function exportThroughQueue<T = unknown>(
  ev: EvEnergy,
  options: QueueOptions<T>,
): Promise<ExportResult> {
  const { redis, prefix, silence } = options;
  const given = sharedSettings(ev, options);
  // Ends the export when its own worker can't go on.
  const stop = new AbortController();
  const { signal: outer } = given;
  const signal = outer ? AbortSignal.any([outer, stop.signal]) : stop.signal;
  const settings = { ...given, signal };
  const connected = await connectQueue(ev, settings, redis, prefix);
  let worker: RunningWorker | undefined;
  const run = async (): Promise<ExportResult> => {
    await refuseOthers(ev, settings, connected.book);
    const before = await connected.book.counts();
    const { plan, parents } = await produce(ev, settings, connected);
    settings.onPlan(plan);
    signal.throwIfAborted();
    worker = startWorker(ev, settings, connected, {
      url: redis,
      silence,
      end: (error) => stop.abort(error),
    });
    const done = await untilEmpty(ev, settings, connected, plan, before);
    const failed = await failedOf(parents, connected);
    if (failed[0])
      throw new ExportError(
        `windows that failed: ${failed.length}; they stay in the queue's list of those until the next start tries them again, if their parents are still there; the first: ${stored(failed[0].failedReason)}`,
      );
    return { collection: plan.collection, parents: plan.parents, ...done };
  };
  try {
    // While Redis is away it doesn't answer, but a signal must still end the program.
    return await abortable(run(), signal);
  } finally {
    await worker?.close();
    await connected.close();
    await settings.sink.close?.();
  }
}

/** Windows, items and requests of all machines. */
type Counts = Pick<ExportResult, 'windows' | 'items' | 'requests'>;

/** The failed windows of the parents that this export covers, and jobs that aren't our windows. */
async function failedOf(parents: Planned['parents'], { queue }: Connected): Promise<Job<WindowJob>[]> {
  const asked = new Set(parents.map((parent) => parent.join('/')));
  return (await queue.getFailed()).filter((job) => {
    const window = windowOf(job);
    return window === undefined || asked.has(window.parent.join('/'));
  });
}

/** A reason that another program, or another version of this one, has stored in Redis. */
function stored(reason: unknown): string {
  const text = String(reason);
  return inert(cut(text, LONGEST));
}

/** For an export that doesn't wait, when another machine has found the quota empty. */
function pausedUntil(time: number, { quota }: EvEnergy): QuotaReserveError {
  const retryAt = new Date(time);
  return new QuotaReserveError(
    `no request is left of the rolling hour for the machines of this export: the queue is paused until ${retryAt.toISOString()}`,
    { reserve: quota.reserve, remaining: quota.remaining ?? 0, limit: quota.limit ?? Infinity, retryAt },
  );
}

/** @returns what was done since the count before, or since Redis lost its data */
async function untilEmpty(
  ev: EvEnergy,
  settings: Settings,
  connected: Connected,
  plan: ExportPlan,
  before: Counts,
): Promise<Counts> {
  const { book, queue } = connected;
  const began = Date.now();
  let base = before;
  for (;;) {
    await sleep(LOOK, settings.signal);
    const open = await connected.open();
    // Checked second: when a Redis has just lost its data, its empty queue would look like the end.
    if (!(await book.isQueued())) {
      // Redis has lost the queue, and the record of what was done.
      await produce(ev, settings, connected);
      base = { windows: 0, items: 0, requests: 0 };
      continue;
    }
    const now = await book.counts();
    const done = Math.max(0, now.windows - base.windows);
    const items = Math.max(0, now.items - base.items);
    const requests = Math.max(0, now.requests - base.requests);
    const perHour = requests / Math.max(1e-9, (Date.now() - began) / 3_600_000);
    const expected = done === 0 ? plan.requests : Math.round((requests / done) * open);
    const ttl = Math.min(await queue.getRateLimitTtl(UNLIMITED), LONGEST_WAIT);
    settings.onProgress({
      windows: { done, total: done + open },
      items,
      requests,
      perHour: Math.round(perHour),
      expected,
      hours: Math.max(hoursFor(expected, ev.quota) ?? 0, perHour > 0 ? expected / perHour : 0),
      waitingUntil: ttl > 0 ? new Date(Date.now() + ttl) : undefined,
    });
    if (open === 0) return { windows: done, items, requests };
    if (ttl > 0 && !settings.wait) throw pausedUntil(Date.now() + ttl, ev);
  }
}
