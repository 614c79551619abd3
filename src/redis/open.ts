import { Redis, type RedisOptions } from 'ioredis';

/** Has ioredis connect anew, and send the command again. */
const RECONNECT_AND_RESEND = 2;

/**
 * Opens a connection that keeps trying for as long as Redis is away. A primary that another one has replaced becomes a
 * replica, and keeps its connections: the address leads to the new one, so it is connected to anew. Listen to its
 * `error`, which says what it is trying for.
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
 * A connection that tells its end also where it is ended between two tries to connect: ioredis has nothing then that
 * could end. BullMQ waits for it, and a worker that was told to end just when Redis came back never would.
 */
class EndingRedis extends Redis {
  override disconnect(reconnect = false): void {
    // As if it had never tried: then ioredis ends at once.
    if (this.status === 'reconnecting' && !reconnect) this.status = 'wait';
    super.disconnect(reconnect);
  }

  /** BullMQ makes the connection that it waits for jobs on of ours. */
  override duplicate(more?: Partial<RedisOptions>): never {
    return new EndingRedis({ ...this.options, ...more } as object) as never;
  }
}
