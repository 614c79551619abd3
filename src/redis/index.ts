/**
 * Tokens and quota that many machines share. Node; wants `ioredis`.
 *
 * @module ev-energy-client/redis
 */

export { RedisUnavailableError } from './connection.js';
export { type RedisStores, type RedisStoresOptions, redisStores } from './stores.js';
