import { createHash } from 'node:crypto';
import { EvEnergy } from '../../client/ev-energy.js';
import type { RedisStores } from '../../redis/index.js';

/** The client of the command, with the credentials of its environment; `close` ends what it shares with others. */
export async function clientFor(
  environment: Readonly<Record<string, string | undefined>>,
  { redis, reserve }: { redis?: string; reserve: number },
): Promise<{ ev: EvEnergy; close(): Promise<void> }> {
  const stores = redis === undefined ? undefined : await storesOn(redis);
  const accessToken = environment.EV_ENERGY_ACCESS_TOKEN || undefined;
  const baseUrl = environment.EV_ENERGY_BASE_URL || undefined;
  const quota = { reserve, ...(stores ? { store: stores.quota } : {}) };
  const ev = accessToken
    ? new EvEnergy({
        accessToken,
        baseUrl,
        // Whoever has the same token shares its requests.
        quota: { ...quota, account: createHash('sha256').update(accessToken).digest('hex').slice(0, 16) },
      })
    : new EvEnergy({
        clientId: environment.EV_ENERGY_CLIENT_ID,
        clientSecret: environment.EV_ENERGY_CLIENT_SECRET,
        baseUrl,
        quota,
        tokenStore: stores?.tokens,
      });
  return { ev, close: async () => stores?.close() };
}

async function storesOn(redis: string): Promise<RedisStores> {
  // Who exports on one machine needs no ioredis.
  const { redisStores } = await import('../../redis/index.js');
  return redisStores({ redis });
}
