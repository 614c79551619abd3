import { Redis, type RedisOptions } from 'ioredis';

/** Makes ioredis reconnect and send the command again. */
const RECONNECT_AND_RESEND = 2;

/**
 * Opens a connection that keeps trying for as long as Redis is away. A primary that has been replaced becomes a
 * replica, and keeps its connections; the address now leads to the new primary, so we reconnect. Listen to `error`,
 * which says why it is still trying.
 */
export function openRedis(url: string, retryStrategy?: (times: number) => number): Redis {
  const redis: Redis = new EndingRedis(url, {
    maxRetriesPerRequest: null,
    reconnectOnError: (error) => {
      if (!/\bREADONLY\b/.test(error.message)) return false;
      redis.emit('error', error);
      return RECONNECT_AND_RESEND;
    },
    ...(retryStrategy && { retryStrategy }),
  });
  return redis;
}

/**
 * A connection that emits `end` even if it is closed between two attempts to connect, when ioredis has nothing to
 * close. BullMQ waits for that event; without it, a worker told to stop just as Redis came back would never stop.
 */
class EndingRedis extends Redis {
  override disconnect(reconnect = false): void {
    // As if it had never tried to connect: then ioredis emits it at once.
    if (this.status === 'reconnecting' && !reconnect) this.status = 'wait';
    super.disconnect(reconnect);
  }

  /** BullMQ derives from ours the connection on which it waits for jobs. */
  override duplicate(more?: Partial<RedisOptions>): never {
    return new EndingRedis({ ...this.options, ...more } as object) as never;
  }
}
