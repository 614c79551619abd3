import { type Connection, script } from './connection.js';

const TRIAL = script(`return redis.call('SET', KEYS[1], '1', 'PX', 1000)`);

/**
 * Finds out whether Redis accepts what the stores and the queue need: scripts that write. A full Redis, a replica, or a
 * user with few rights refuses them.
 */
export async function tryToWrite(connection: Connection, prefix: string): Promise<void> {
  await connection.script(TRIAL, [`${prefix}check`], []);
}
