import type { StoredTokens, TokenStore } from '../client/auth/token-store.js';
import type { Logger } from '../client/observe/logger.js';
import { QuotaGate } from '../client/quota/quota-gate.js';
import type { QuotaBucket, QuotaStore } from '../client/quota/quota-store.js';
import { type Connection, RedisUnavailableError } from './connection.js';

/**
 * Falls back to `alone` while Redis can't be reached, without waiting for each command, and logs when Redis goes away
 * and comes back.
 */
function watcher(connection: Connection, logger: Logger | undefined) {
  let away = false;
  const isAway = () => away;
  /**
   * @param writes whether the command writes: a Redis whose memory is full, or that became a replica, still answers
   * reads
   */
  const orAlone = async <T>(
    withRedis: () => Promise<T>,
    alone: () => T | Promise<T>,
    writes = true,
  ): Promise<T> => {
    if (away && !connection.isReady) return alone();
    try {
      const done = await withRedis();
      if (away && writes) {
        logger?.warn('Redis is back; this program shares tokens and quota again');
        away = false;
      }
      return done;
    } catch (error) {
      if (!(error instanceof RedisUnavailableError)) throw error;
      if (!away)
        logger?.warn(`${error.message}. This program goes on alone, with a token and quota of its own`);
      away = true;
      return alone();
    }
  };
  return { orAlone, isAway };
}

/** A store that falls back to memory while Redis can't be reached. */
export function tokensOrAlone(store: TokenStore, connection: Connection, logger: Logger): TokenStore {
  const { orAlone, isAway } = watcher(connection, logger);
  const own = new Map<string, StoredTokens>();
  return {
    load: (key) =>
      orAlone(
        async () => {
          const [stored, ours] = [await store.load(key), own.get(key)];
          // What Redis refused to store is newer here.
          return isAway() && ours && !(stored && stored.savedAt > ours.savedAt) ? ours : stored;
        },
        () => own.get(key),
        false,
      ),
    save: (key, tokens) => {
      own.set(key, tokens);
      return orAlone(
        () => store.save(key, tokens),
        () => {},
      );
    },
    lock: (key, run) => {
      let running: ReturnType<typeof run> | undefined;
      const once = () => {
        running ??= run();
        return running;
      };
      return orAlone(() => store.lock(key, once), once);
    },
  };
}

/** A store whose buckets count alone while Redis can't be reached. */
export function quotaOrAlone(store: QuotaStore, connection: Connection): QuotaStore {
  return {
    bucket: (account, server, rules, logger) => {
      // The token store already logs it.
      const { orAlone } = watcher(connection, undefined);
      const shared = store.bucket(account, server, rules, logger);
      const own = new QuotaGate(rules, logger);
      const admitted = async (bucket: QuotaBucket, signal: AbortSignal | undefined) => ({
        bucket,
        ticket: await bucket.admit(signal),
      });
      return {
        admit: (signal) =>
          orAlone(
            () => admitted(shared, signal),
            () => admitted(own, signal),
          ),
        settle: (given, limit, remaining, answered) => {
          const { bucket, ticket } = given as Awaited<ReturnType<typeof admitted>>;
          bucket.settle(ticket, limit, remaining, answered);
        },
      };
    },
  };
}
