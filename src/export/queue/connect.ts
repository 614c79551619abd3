import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { type EvEnergy, loggerOf } from '../../client/ev-energy.js';
import { LONGEST } from '../../client/wait/abort.js';
import { Connection, foreignKey } from '../../redis/connection.js';
import { redisStores } from '../../redis/index.js';
import { withRedisLock } from '../../redis/lock.js';
import { openRedis } from '../../redis/open.js';
import { ownerId } from '../run/owner.js';
import { checkedWindow, type Window, windowId } from '../run/window.js';
import type { Settings } from '../settings.js';
import { RedisBook, type WindowQueue } from './redis-book.js';
import { watchRedis } from './watch.js';

/** Data of a job: its window. */
export interface WindowJob {
  readonly window: Window;
  /** Which export it belongs to: a worker with another sink or query must not take it. */
  readonly owner: string;
}

/** Where BullMQ keeps the queue, and whether it checks Redis' version and memory policy. */
interface Place {
  readonly name: string;
  readonly prefix: string;
  readonly skipVersionCheck: boolean;
}

/** A queue of windows, and the book that belongs to it. */
export interface Connected {
  readonly bullmq: typeof import('bullmq');
  readonly redis: Redis;
  readonly queue: Queue<WindowJob>;
  readonly book: RedisBook;
  readonly place: Place;
  readonly windows: WindowQueue;
  /** How many windows are waiting or worked on. */
  open(): Promise<number>;
  /** Runs a function that only one producer at a time may run. */
  alone<T>(run: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Name of the workers' own backoff: BullMQ's own grow without limit. */
const BACKOFF = 'capped';

/** Milliseconds to wait after so many failures of a window: doubling, up to a minute. */
export function backoff(failures: number): number {
  return Math.min(60_000, 250 * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}

/** Windows per second that BullMQ lets through; it sets its count to this number to pause the queue. */
export const UNLIMITED = Number.MAX_SAFE_INTEGER;

/** The window of a job; undefined for a job that something else has put into the queue. */
export function windowOf({ data }: Job<WindowJob>): Window | undefined {
  try {
    return checkedWindow(data.window);
  } catch {
    return undefined;
  }
}

/** Most jobs to add with one command. */
const BULK = 500;

/**
 * A queue whose jobs may be dropped when memory is short would lose windows.
 *
 * @returns whether the policy never drops anything
 */
async function refuseEviction(redis: Redis): Promise<boolean> {
  const info = await redis.info('memory');
  const [, most] = /^maxmemory:(\d+)/m.exec(info) ?? [];
  const [, policy = 'noeviction'] = /^maxmemory_policy:([\w-]+)/m.exec(info) ?? [];
  if (Number(most ?? 0) > 0 && policy !== 'noeviction')
    throw new ConfigurationError(
      `redis: it drops data when its memory is full (maxmemory-policy ${policy}); set it to noeviction`,
    );
  return policy === 'noeviction';
}

/** Whether Redis answers within a second. While it is away, nothing under way can finish. */
export async function answers(redis: Redis): Promise<boolean> {
  return Promise.race([
    redis.ping().then(
      () => true,
      () => false,
    ),
    sleep(1_000, false, { ref: false }),
  ]);
}

/**
 * Repeats what a broken connection has interrupted, as happens when another Redis takes over. ioredis repeats single
 * commands, but not groups of them. The commands must do no harm when they arrive twice.
 */
async function unbroken<T>(run: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await run();
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error;
    }
}

/** Finds out, before any window is queued, whether one of the queue's keys holds something else. */
async function refuseForeignQueue(queue: Queue, { name, prefix }: Place): Promise<void> {
  try {
    await queue.getJobCounts();
    await queue.isPaused();
  } catch (error) {
    throw /WRONGTYPE/.test((error as Error).message) ? foreignKey([`${prefix}:${name}:…`]) : error;
  }
}

/**
 * The queue as the book needs it.
 *
 * @param owner id of the export's owner, once it is known
 */
function windowQueue(queue: Queue<WindowJob>, collection: string, owner: () => string): WindowQueue {
  return {
    add: async (added) => {
      for (let at = 0; at < added.length; at += BULK)
        await unbroken(() =>
          queue.addBulk(
            added.slice(at, at + BULK).map((window) => ({
              name: window.parent.join('/') || collection,
              data: { window, owner: owner() },
              opts: {
                jobId: windowId(window),
                attempts: 100,
                backoff: { type: BACKOFF },
                removeOnComplete: true,
              },
            })),
          ),
        );
    },
    failed: async () => (await queue.getFailed()).map(windowOf).filter((window) => window !== undefined),
    retry: async (failed) => {
      for (const window of failed) {
        const job = await queue.getJob(windowId(window));
        // Somebody may have done so with BullMQ's own tools.
        if (await job?.isFailed()) await job?.retry('failed', { resetAttemptsMade: true });
      }
    },
    remove: async (failed) => {
      for (const window of failed) await queue.remove(windowId(window));
    },
  };
}

/** @throws ConfigurationError if the Redis can't be used */
export async function connectQueue(
  ev: EvEnergy,
  { collection, signal }: Settings,
  url: string,
  prefix = 'ev-energy:',
): Promise<Connected> {
  const stores = redisStores({ redis: url, prefix });
  await stores.check().finally(() => stores.close());
  const bullmq = await import('bullmq');
  const redis = openRedis(url);
  // ioredis reconnects by itself, and BullMQ reports the error too.
  redis.on('error', () => {});
  const keepsAll = await refuseEviction(redis).catch((error: unknown) => {
    redis.disconnect();
    throw error;
  });
  // Braces keep all keys of a queue on one node of a cluster.
  const place = {
    name: `export-${collection.name}`,
    prefix: `{${prefix}queue}`,
    // Otherwise BullMQ prints a warning about a policy that only matters with a memory limit, and there is none.
    skipVersionCheck: !keepsAll,
  };
  const queue = new bullmq.Queue<WindowJob>(place.name, { ...place, connection: redis });
  queue.on('error', () => {});
  const windows = windowQueue(queue, collection.name, () => ownerId(book.owner ?? {}));
  const book = new RedisBook(redis, prefix, collection, windows);
  // A producer may wait for as long as Redis is away.
  const patient = new Connection(redis, LONGEST);
  const unwatch = watchRedis(redis, prefix, loggerOf(ev) ?? console);
  const close = async () => {
    unwatch();
    // Must come first, or the queue would wait for a Redis that is away.
    if (!(await answers(redis))) redis.disconnect();
    await queue.close();
    redis.disconnect();
  };
  try {
    await refuseForeignQueue(queue, place);
    await book.load();
  } catch (error) {
    // Otherwise the connection would keep the program alive.
    await close();
    throw error;
  }
  return {
    bullmq,
    redis,
    queue,
    book,
    place,
    windows,
    open: () => queue.getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized'),
    alone: (run) => withRedisLock(patient, `${prefix}export:{${collection.name}}:producer`, run, signal),
    close,
  };
}
