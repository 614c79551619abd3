import type { Job, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { ApiError } from '../../client/errors/api-error.js';
import { ConfigurationError } from '../../client/errors/configuration-error.js';
import type { EvEnergy } from '../../client/ev-energy.js';
import { onAbort } from '../../client/wait/abort.js';
import { passwordHider } from '../../redis/passwords.js';
import { REFUSED } from '../errors.js';
import { withoutSecrets } from '../exit.js';
import { requestPage } from '../run/pages.js';
import { againAt } from '../run/turnstile.js';
import { windowId } from '../run/window.js';
import { workWindow } from '../run/work.js';
import { type Settings, settingsOf } from '../settings.js';
import { type Connected, connectQueue, type WindowJob } from './connect.js';
import type { WorkOptions } from './options.js';

/** Milliseconds after which the windows of a silent worker go to others. */
const SILENCE = 6_000;

/** See `through-redis.ts`. */
export async function workOnExport<T = unknown>(
  ev: EvEnergy,
  { redis, prefix, silence, ...options }: WorkOptions<T>,
): Promise<void> {
  const settings = settingsOf({ ...options, since: '1970-01-01' });
  await settings.sink.check?.(settings.collection.name);
  const connected = await connectQueue(settings, redis, prefix);
  const worker = startWorker(ev, settings, connected, redis, silence);
  try {
    await new Promise<void>((resolve) => {
      if (settings.signal?.aborted) resolve();
      else if (settings.signal) onAbort(settings.signal, resolve);
    });
  } finally {
    await worker.close();
    await connected.close();
    await settings.sink.close?.();
  }
}

/** @returns a worker that takes windows off the queue; `close` waits for those under way */
export function startWorker(
  ev: EvEnergy,
  settings: Settings,
  connected: Connected,
  url: string,
  silence = SILENCE,
): { close(): Promise<void> } {
  const { bullmq, place } = connected;
  const hidePassword = passwordHider(url);
  // A worker waits for jobs on its own connection.
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  connection.on('error', () => {});
  const worker: Worker<WindowJob> = new bullmq.Worker<WindowJob>(
    place.name,
    // BullMQ keeps the message and the stack in Redis, and shows them in its dashboards.
    (job) => withoutSecrets(ev, hidePassword, () => work(ev, settings, connected, job)),
    {
      connection,
      prefix: place.prefix,
      concurrency: settings.concurrency,
      lockDuration: silence,
      stalledInterval: silence / 3,
      // How often a paused worker checks whether it may continue or should end.
      maximumRateLimitDelay: 1_000,
      // Machines may be killed any number of times.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    },
  );
  // BullMQ waits while Redis can't be reached, and keeps failed windows in the queue's failed list.
  worker.on('error', () => {});
  return {
    close: async () => {
      await worker.close();
      connection.disconnect();
    },
  };
}

async function work(
  ev: EvEnergy,
  { collection, query, sink }: Settings,
  { book, bullmq, enqueue, queue }: Connected,
  { data: { window } }: Job<WindowJob>,
): Promise<void> {
  const id = windowId(window);
  if (await book.isDone(id)) return;
  try {
    const worked = await workWindow(
      {
        collection,
        query,
        sink,
        pages: book.pages,
        fetchPage: (list, parent, bounds) => requestPage(ev, list, parent, bounds, undefined),
      },
      window,
    );
    if (worked.rest) await enqueue([worked.rest]);
    await book.done(id, worked.items, worked.requests);
  } catch (error) {
    const at = againAt(error, ev.quota, Date.now());
    if (at !== undefined) {
      // Pauses all machines, since none of them has a request left.
      await queue.rateLimit(Math.max(1, at - Date.now()));
      throw bullmq.Worker.RateLimitError();
    }
    // No repetition mends these: a refusal, and what is wrong with the sink.
    if (error instanceof ConfigurationError || (error instanceof ApiError && REFUSED.has(error.status)))
      throw new bullmq.UnrecoverableError(error.message);
    throw error;
  }
}
