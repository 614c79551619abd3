import { onTestFinished } from 'vitest';
import { type RedisServer, runRedis } from './redis-server.js';

/** A redis-server for a single test, which ends with it. */
export async function startRedis(options?: Readonly<Record<string, string>>): Promise<RedisServer> {
  const redis = await runRedis(options);
  onTestFinished(() => redis.end());
  return redis;
}
