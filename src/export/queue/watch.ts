import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Logger } from '../../client/observe/logger.js';
import { Connection } from '../../redis/connection.js';
import { tryToWrite } from '../../redis/trial.js';

/** Milliseconds between two checks of Redis, and those that connecting may take. */
const LOOK = 1_000;

/** Milliseconds that an answer may take: a slow Redis isn't away. */
const SLOW = 5_000;

/**
 * Logs when Redis goes away or refuses writes, and when it is back. Meanwhile an export just waits, and nobody could
 * tell why.
 *
 * @returns a function that ends it
 */
export function watchRedis(redis: Redis, prefix: string, logger: Logger): () => void {
  const [connecting, connection] = [new Connection(redis, LOOK), new Connection(redis, SLOW)];
  const ended = new AbortController();
  const watch = async () => {
    for (let away = false; ; await sleep(LOOK, undefined, { ref: false, signal: ended.signal })) {
      // Further checks would only queue up until Redis is back.
      if (away && !connection.isReady) continue;
      const trouble = await tryToWrite(connection.isReady ? connection : connecting, prefix).then(
        () => undefined,
        (error: Error) => error.message,
      );
      if (ended.signal.aborted) return;
      if (trouble !== undefined && !away)
        logger.warn(`${trouble}. The export waits for it, and then goes on`);
      if (trouble === undefined && away)
        logger.warn(`Redis at ${connection.address} is back; the export goes on`);
      away = trouble !== undefined;
    }
  };
  // Ending the sleep rejects it.
  watch().catch(() => {});
  return () => ended.abort();
}
