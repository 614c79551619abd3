import { Cluster, type Redis } from 'ioredis';
import type { TokenStore } from '../client/auth/token-store.js';
import { ConfigurationError } from '../client/errors/configuration-error.js';
import type { Logger } from '../client/observe/logger.js';
import type { QuotaStore } from '../client/quota/quota-store.js';
import { inert } from '../text/words.js';
import { quotaOrAlone, tokensOrAlone } from './alone.js';
import { Connection } from './connection.js';
import { openRedis } from './open.js';
import { redisQuota } from './quota-store.js';
import { redisTokens } from './token-store.js';
import { tryToWrite } from './trial.js';

/** Options of `redisStores`. All but `redis` are optional. */
export interface RedisStoresOptions {
  /**
   * A `redis://` or `rediss://` URL, or an ioredis connection: a `Redis` or a `Cluster`. A connection that you pass
   * stays open when the stores are closed.
   */
  redis: string | Redis | Cluster;
  /** Prefix of all keys. Default: `ev-energy:`. */
  prefix?: string | undefined;
  /**
   * What happens to a request while Redis can't be reached. `'fail'`: it fails with `RedisUnavailableError`, and
   * nothing is sent. `'alone'`: each program carries on with its own token and its own count, so together they may
   * spend the reserve. Not for refresh tokens: a program on its own spends the one that the others rely on. Default:
   * `'fail'`.
   */
  onUnavailable?: 'fail' | 'alone' | undefined;
  /** Milliseconds that a command may take, including a reconnection, before Redis counts as away. Default: 5,000. */
  patience?: number | undefined;
  /** Where to log that Redis is away, and that it is back. Default: `console`. */
  logger?: Logger | undefined;
}

/** Tokens and quota that programs on any number of machines share. */
export interface RedisStores {
  /** For the client's `tokenStore`, or the `store` of `refreshToken()`. */
  readonly tokens: TokenStore;
  /** For the client's `quota.store`. */
  readonly quota: QuotaStore;
  /**
   * Checks Redis, so that a program can stop before it begins.
   * @throws ConfigurationError if it can't be reached, or can't do what the stores need
   */
  check(): Promise<void>;
  /** Waits for what is under way, and closes the connection, unless you passed it. */
  close(): Promise<void>;
}

/**
 * Keeps tokens and quota in Redis or Valkey, for programs on any number of machines. Needs `ioredis`.
 *
 * @throws ConfigurationError for an option that can't be used
 * @example
 * const stores = redisStores({ redis: 'redis://127.0.0.1:6379' });
 * const ev = new EvEnergy({ tokenStore: stores.tokens, quota: { store: stores.quota, reserve: 100 } });
 */
export function redisStores(options: RedisStoresOptions): RedisStores {
  const { prefix = 'ev-energy:', onUnavailable = 'fail', patience = 5_000, logger = console } = options;
  if (onUnavailable !== 'fail' && onUnavailable !== 'alone')
    throw new ConfigurationError(`onUnavailable: '${onUnavailable}' is not one of fail, alone`);
  if (!(patience > 0)) throw new ConfigurationError(`patience: ${patience} is not a number of milliseconds`);
  if (/[{}]/.test(prefix))
    throw new ConfigurationError('prefix: has braces, which choose the part of a cluster; leave them out');
  const isOwn = typeof options.redis === 'string';
  const redis = typeof options.redis === 'string' ? connect(options.redis) : options.redis;
  if (typeof redis?.evalsha !== 'function')
    throw new ConfigurationError('redis: is neither a URL nor a connection of ioredis');
  const connection = new Connection(redis, patience);
  const [tokens, quota] = [redisTokens(connection, prefix), redisQuota(connection, prefix)];
  return {
    tokens: onUnavailable === 'alone' ? tokensOrAlone(tokens, connection, logger) : tokens,
    quota: onUnavailable === 'alone' ? quotaOrAlone(quota, connection) : quota,
    check: () => check(connection, prefix),
    close: async () => {
      // The last request may not have been reported yet, and others would wait for it.
      await connection.settled();
      if (isOwn) redis.disconnect();
    },
  };
}

function connect(url: string): Redis {
  // Not shown in the error: it may hold a password.
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol))
    throw new ConfigurationError('redis: is not a redis:// or rediss:// URL');
  // ioredis would select the database NaN, and Redis' refusal would crash the program.
  const { pathname, searchParams } = new URL(url);
  for (const database of [pathname.replace(/^\//, ''), searchParams.get('db') ?? ''])
    if (!/^\d*$/.test(database))
      throw new ConfigurationError("redis: the path of its URL must be a database's number, such as 0");
  try {
    // The stores themselves limit how long a command waits.
    return openRedis(url, (times) => Math.min(50 * times, 500));
  } catch {
    throw new ConfigurationError('redis: is not a URL that can be read; percent-encode its password');
  }
}

async function check(connection: Connection, prefix: string): Promise<void> {
  const refuse = (why: string) => {
    throw new ConfigurationError(`redis: ${connection.address} can't be used: ${why}`);
  };
  const unusable = ({ message }: Error): never => {
    throw new ConfigurationError(message.startsWith('redis:') ? message : `redis: ${message}`);
  };
  const info = await connection.run((redis) => redis.info()).catch(unusable);
  const fields = new Map(
    [...String(info).matchAll(/^(\w+):(.*?)\r?$/gm)].map(([, name, value]) => [name, value]),
  );
  if (Number.parseInt(fields.get('redis_version') ?? '', 10) < 6)
    refuse(
      `it is version ${inert((fields.get('redis_version') ?? 'unknown').slice(0, 40))}; 6 or later is needed`,
    );
  if (fields.get('redis_mode') === 'sentinel')
    refuse('it is a Sentinel, which keeps no data; give the primary, or a Redis of ioredis with `sentinels`');
  if (fields.get('redis_mode') === 'cluster' && !(connection.redis instanceof Cluster))
    refuse('it is part of a cluster; give a Cluster of ioredis, and to an export a Redis that is none');
  if (fields.get('role') === 'slave' && !(connection.redis instanceof Cluster))
    refuse('it is a replica, which takes no writes; give the primary');
  const { redis } = connection;
  // ioredis goes on with database 0 when the one of the URL doesn't exist.
  if (!(redis instanceof Cluster)) await connection.run(() => redis.select(redis.options.db ?? 0));
  await tryToWrite(connection, prefix).catch(unusable);
}
