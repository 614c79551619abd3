export { RedisUnavailableError } from './connection.js';
export { type RedisStores, type RedisStoresOptions, redisStores } from './stores.js';
