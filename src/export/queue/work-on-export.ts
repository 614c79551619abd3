import type { Job, Worker } from 'bullmq';
import { PaginationError } from '../../client/errors/pagination-error.js';
import type { EvEnergy } from '../../client/ev-energy.js';
import { onAbort, sleep } from '../../client/wait/abort.js';
import { cannotServe } from '../../redis/connection.js';
import { openRedis } from '../../redis/open.js';
import { passwordHider } from '../../redis/passwords.js';
import { concernsAll, isRefusal } from '../errors.js';
import { withoutSecrets } from '../exit.js';
import { type Owner, ownerId, ownerOf, refuseForeign } from '../run/owner.js';
import { requestPage } from '../run/pages.js';
import { againAt } from '../run/turnstile.js';
import { windowId } from '../run/window.js';
import { workWindow } from '../run/work.js';
import type { Settings } from '../settings.js';
import {
  answers,
  backoff,
  type Connected,
  connectQueue,
  UNLIMITED,
  type WindowJob,
  windowOf,
} from './connect.js';
import { sharedSettings, type WorkOptions } from './options.js';

/** Milliseconds after which the windows of a silent worker go to others. */
const SILENCE = 6_000;

/** See `through-redis.ts`. */
export async function workOnExport<T = unknown>(ev: EvEnergy, options: WorkOptions<T>): Promise<void> {
  const { redis, prefix, silence, signal: outer } = options;
  const given = sharedSettings(ev, { ...options, since: '1970-01-01' });
  // Ends the windows under way, too, when this worker can't go on.
  const stop = new AbortController();
  const signal = outer ? AbortSignal.any([outer, stop.signal]) : stop.signal;
  const settings = { ...given, signal };
  const connected = await connectQueue(ev, settings, redis, prefix);
  let worker: RunningWorker | undefined;
  try {
    refuseForeign(connected.book.owner, await ownerOf(ev, settings, 'check'), connected.book.place);
    await new Promise<void>((resolve, reject) => {
      if (outer?.aborted) return resolve();
      if (outer) onAbort(outer, resolve);
      const end = (error: unknown) => {
        reject(error);
        stop.abort(error);
      };
      worker = startWorker(ev, settings, connected, { url: redis, silence, end });
    });
  } finally {
    await worker?.close();
    await connected.close();
    await settings.sink.close?.();
  }
}

export interface RunningWorker {
  /** Waits for the windows under way, and ends. */
  close(): Promise<void>;
}

export interface WorkerOptions {
  readonly url: string;
  readonly silence: number | undefined;
  /** Called with an error that every other window would run into too. */
  end(error: unknown): void;
}

/** Starts a worker that takes windows off the queue. */
export function startWorker(
  ev: EvEnergy,
  settings: Settings,
  connected: Connected,
  { url, silence = SILENCE, end }: WorkerOptions,
): RunningWorker {
  const { bullmq, place } = connected;
  const hidePassword = passwordHider(url);
  // A worker waits for jobs on its own connection.
  const connection = openRedis(url);
  connection.on('error', () => {});
  let opened: Promise<{ readonly owner: Owner; readonly id: string }> | undefined;
  const open = () => {
    opened ??= ownerOf(ev, settings, 'open').then((owner) => ({ owner, id: ownerId(owner) }));
    return opened;
  };
  /** Gives the window to others. */
  const leave = async (job: Job<WindowJob>, token: string | undefined): Promise<never> => {
    await job.moveToWait(token);
    throw new bullmq.WaitingError();
  };
  const worker: Worker<WindowJob> = new bullmq.Worker<WindowJob>(
    place.name,
    async (job, token) => {
      requireWindow(job, bullmq);
      try {
        await refuseOthersWindow(job, await open(), connected);
        // BullMQ keeps the message and the stack in Redis, and shows them in its dashboards.
        await withoutSecrets(ev, hidePassword, () => work(ev, settings, connected, job));
      } catch (error) {
        if (settings.signal?.aborted) return await leave(job, token);
        const isEmpty = againAt(error, Date.now()) !== undefined;
        if (isEmpty ? settings.wait : !concernsAll(error, job.attemptsMade))
          throw await judged(error, connected);
        // The window isn't to blame: another worker may do it, with better options, or later.
        end(error);
        await leave(job, token);
      }
    },
    {
      connection,
      prefix: place.prefix,
      skipVersionCheck: place.skipVersionCheck,
      concurrency: settings.concurrency,
      lockDuration: silence,
      stalledInterval: silence / 3,
      // Makes a pause apply to all workers, not only to the one that asked for it. It limits nothing else.
      limiter: { max: UNLIMITED, duration: 1_000 },
      // How often a paused worker checks whether it may continue or should end.
      maximumRateLimitDelay: 1_000,
      // Machines may be killed any number of times.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      settings: { backoffStrategy: backoff },
    },
  );
  // BullMQ waits while Redis can't be reached, and keeps failed windows in the queue's failed list.
  worker.on('error', () => {});
  return {
    close: async () => {
      // If Redis is away, work under way goes to other workers.
      await worker.close(!(await answers(connection)));
      connection.disconnect();
    },
  };
}

/** @throws UnrecoverableError for a job that something else has put into the queue: repeating it wouldn't help */
function requireWindow(job: Job<WindowJob>, { UnrecoverableError }: Connected['bullmq']): void {
  if (windowOf(job) === undefined)
    throw new UnrecoverableError(
      'a job of the queue is not a window of an export: remove it, or give another prefix',
    );
}

/** @throws ConfigurationError if the window is of an export with another sink, query or server */
async function refuseOthersWindow(
  { data }: Job<WindowJob>,
  ours: { readonly owner: Owner; readonly id: string },
  { book }: Connected,
): Promise<void> {
  if (data.owner === ours.id) return;
  refuseForeign(await book.loadOwner(), ours.owner, book.place);
}

/** What to tell BullMQ about an unfinished window: to pause all workers, to keep it as failed, or to try it again. */
async function judged(error: unknown, { bullmq, queue }: Connected): Promise<unknown> {
  const at = againAt(error, Date.now());
  if (at !== undefined) {
    // Pauses all machines, since none of them has a request left.
    await queue.rateLimit(Math.max(1, at - Date.now()));
    return bullmq.Worker.RateLimitError();
  }
  // Repeating doesn't help against a refusal, or with what can't be exported.
  if (isRefusal(error) || error instanceof PaginationError)
    return new bullmq.UnrecoverableError(error.message);
  return error;
}

/** Milliseconds between two attempts to store a page while Redis refuses it. */
const LOOK = 1_000;

/** Repeats what Redis refuses because it is full, loading or a replica, since the page has cost a request. */
async function onceServed<T>(run: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  for (;;)
    try {
      return await run();
    } catch (error) {
      if (!cannotServe(error)) throw error;
      await sleep(LOOK, signal);
    }
}

async function work(
  ev: EvEnergy,
  { collection, query, sink, signal }: Settings,
  { book, windows }: Connected,
  { data: { window } }: Job<WindowJob>,
): Promise<void> {
  const id = windowId(window);
  const before = await book.pagesOf(id);
  if (!before) return;
  const worked = await workWindow(
    {
      collection,
      query,
      sink,
      pages: {
        ...book.pages,
        load: async () => before,
        append: async (...page) => {
          // If this machine was silent for too long, another one has the window now.
          if (await onceServed(() => book.pages.append(...page), signal)) return true;
          throw new Error('another machine works on the same window');
        },
      },
      fetchPage: (list, parent, bounds) => requestPage(ev, list, parent, bounds, signal),
      signal,
    },
    window,
  );
  if (worked.rest) await windows.add([worked.rest]);
  await book.done(id, worked.items, worked.requests);
}
