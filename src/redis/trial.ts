import { type Connection, script } from './connection.js';

const TRIAL = script(`return redis.call('SET', KEYS[1], '1', 'PX', 1000)`);

/**
 * Finds out whether Redis takes what the stores and the queue need: scripts that write, as one that is full, a replica,
 * or a user of few rights refuses them.
 */
export async function tryToWrite(connection: Connection, prefix: string): Promise<void> {
  await connection.script(TRIAL, [`${prefix}check`], []);
}
