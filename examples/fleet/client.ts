import { EvEnergy } from 'ev-energy-client';
import { redisStores } from 'ev-energy-client/redis';

/** Redis that has the queue, the token and the count of requests. */
export const redis = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';

const stores = redisStores({ redis });

/** One token and one quota for all machines, of which a hundred requests an hour are left to others. */
export const ev = new EvEnergy({ tokenStore: stores.tokens, quota: { store: stores.quota, reserve: 100 } });

export const close = () => stores.close();
