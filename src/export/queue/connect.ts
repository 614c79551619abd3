import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { foreignKey } from '../../redis/connection.js';
import { redisStores } from '../../redis/index.js';
import { ownerId } from '../run/owner.js';
import { type Window, windowId } from '../run/window.js';
import type { Settings } from '../settings.js';
import { RedisBook } from './redis-book.js';

/** Data of a job: its window. */
export interface WindowJob {
  readonly window: Window;
  /** Whose it is: a worker with another sink or query must not take it. */
  readonly owner: string;
}

/** A queue of windows, and the book that belongs to it. */
export interface Connected {
  readonly bullmq: typeof import('bullmq');
  readonly redis: Redis;
  readonly queue: Queue<WindowJob>;
  readonly book: RedisBook;
  /** BullMQ's name for the queue, and the prefix of its keys. */
  readonly place: { readonly name: string; readonly prefix: string };
  enqueue(windows: readonly Window[]): Promise<void>;
  close(): Promise<void>;
}

/** Name of the workers' own backoff: those of BullMQ grow for ever. */
const BACKOFF = 'capped';

/** Milliseconds to wait after so many failures of a window: doubling, up to a minute. */
export function backoff(failures: number): number {
  return Math.min(60_000, 250 * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}

/** Windows per second that BullMQ lets through; it sets its count to this number to pause the queue. */
export const UNLIMITED = Number.MAX_SAFE_INTEGER;

/** Most jobs to add with one command. */
const BULK = 500;

/** A queue whose jobs may be dropped when memory is short would lose windows. */
async function refuseEviction(redis: Redis): Promise<void> {
  const info = await redis.info('memory');
  const [, most] = /^maxmemory:(\d+)/m.exec(info) ?? [];
  const [, policy = 'noeviction'] = /^maxmemory_policy:([\w-]+)/m.exec(info) ?? [];
  if (Number(most ?? 0) > 0 && policy !== 'noeviction')
    throw new ConfigurationError(
      `redis: drops data when its memory is full (maxmemory-policy ${policy}); set it to noeviction`,
    );
}

/** Whether Redis answers within a second: while it is away, nothing that is under way comes to its end. */
export async function answers(redis: Redis): Promise<boolean> {
  return Promise.race([
    redis.ping().then(
      () => true,
      () => false,
    ),
    sleep(1_000, false, { ref: false }),
  ]);
}

/** What somebody else has put into a key of the queue would be met when windows are there already. */
async function refuseForeignQueue(queue: Queue, { name, prefix }: Connected['place']): Promise<void> {
  try {
    await queue.getJobCounts();
    await queue.isPaused();
  } catch (error) {
    throw /WRONGTYPE/.test((error as Error).message) ? foreignKey([`${prefix}:${name}:…`]) : error;
  }
}

/** @throws ConfigurationError if the Redis can't be used */
export async function connectQueue(
  { collection }: Settings,
  url: string,
  prefix = 'ev-energy:',
): Promise<Connected> {
  const stores = redisStores({ redis: url, prefix, patience: 2_000 });
  await stores.check().finally(() => stores.close());
  const bullmq = await import('bullmq');
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  // ioredis reconnects by itself, and BullMQ reports the error too.
  redis.on('error', () => {});
  // Braces keep all keys of a queue on one node of a cluster.
  const place = { name: `export-${collection.name}`, prefix: `{${prefix}queue}` };
  const queue = new bullmq.Queue<WindowJob>(place.name, { connection: redis, prefix: place.prefix });
  queue.on('error', () => {});
  const enqueue = async (windows: readonly Window[]) => {
    for (let at = 0; at < windows.length; at += BULK)
      await queue.addBulk(
        windows.slice(at, at + BULK).map((window) => ({
          name: window.parent.join('/') || collection.name,
          data: { window, owner: ownerId(book.owner ?? {}) },
          opts: {
            jobId: windowId(window),
            attempts: 100,
            backoff: { type: BACKOFF },
            removeOnComplete: true,
          },
        })),
      );
  };
  const book = new RedisBook(redis, prefix, collection, enqueue);
  const close = async () => {
    // First, or the queue would wait for a Redis that is away.
    if (!(await answers(redis))) redis.disconnect();
    await queue.close();
    redis.disconnect();
  };
  try {
    await refuseEviction(redis);
    await refuseForeignQueue(queue, place);
    await book.load();
  } catch (error) {
    // Or else the connection would keep the program from ending.
    await close();
    throw error;
  }
  return {
    bullmq,
    redis,
    queue,
    book,
    place,
    enqueue,
    close,
  };
}
