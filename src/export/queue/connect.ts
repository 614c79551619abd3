import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { redisStores } from '../../redis/index.js';
import { type Window, windowId } from '../run/window.js';
import type { Settings } from '../settings.js';
import { RedisBook } from './redis-book.js';

/** The work of a job: a window. */
export interface WindowJob {
  readonly window: Window;
}

/** A queue of windows, and the book beside it. */
export interface Connected {
  readonly bullmq: typeof import('bullmq');
  readonly redis: Redis;
  readonly queue: Queue<WindowJob>;
  readonly book: RedisBook;
  /** What BullMQ calls the queue, and what its keys begin with. */
  readonly place: { readonly name: string; readonly prefix: string };
  enqueue(windows: readonly Window[]): Promise<void>;
  close(): Promise<void>;
}

/** Jobs that are added with one command. */
const BULK = 500;

/** @throws ConfigurationError where it is no Redis that can be used */
export async function connectQueue(
  { collection }: Settings,
  url: string,
  prefix = 'ev-energy:',
): Promise<Connected> {
  const stores = redisStores({ redis: url, prefix, patience: 2_000 });
  await stores.check().finally(() => stores.close());
  const bullmq = await import('bullmq');
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  // It comes back by itself; BullMQ tells of it too.
  redis.on('error', () => {});
  // Braces keep all keys of a queue on one part of a cluster.
  const place = { name: `export-${collection.name}`, prefix: `{${prefix}queue}` };
  const queue = new bullmq.Queue<WindowJob>(place.name, { connection: redis, prefix: place.prefix });
  queue.on('error', () => {});
  const enqueue = async (windows: readonly Window[]) => {
    for (let at = 0; at < windows.length; at += BULK)
      await queue.addBulk(
        windows.slice(at, at + BULK).map((window) => ({
          name: window.parent.join('/') || collection.name,
          data: { window },
          opts: {
            jobId: windowId(window),
            attempts: 100,
            backoff: { type: 'exponential', delay: 250, jitter: 0.5 },
            removeOnComplete: true,
          },
        })),
      );
  };
  const book = new RedisBook(redis, prefix, collection, enqueue);
  await book.load();
  return {
    bullmq,
    redis,
    queue,
    book,
    place,
    enqueue,
    close: async () => {
      await queue.close();
      redis.disconnect();
    },
  };
}
