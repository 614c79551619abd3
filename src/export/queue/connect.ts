import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { redisStores } from '../../redis/index.js';
import { type Window, windowId } from '../run/window.js';
import type { Settings } from '../settings.js';
import { RedisBook } from './redis-book.js';

/** Data of a job: its window. */
export interface WindowJob {
  readonly window: Window;
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
  const close = async () => {
    await queue.close();
    redis.disconnect();
  };
  try {
    await refuseEviction(redis);
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
