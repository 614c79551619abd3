import { randomUUID } from 'node:crypto';
import { sleep } from '../client/wait/abort.js';
import { heartbeat } from '../node/heartbeat.js';
import { type Connection, foreignKey, script } from './connection.js';

/** Milliseconds after its holder's last sign of life at which a lock lapses. */
const LEASE = 5_000;
/** Milliseconds between the holder's signs of life. */
const HEARTBEAT = 1_500;
/** Milliseconds between two checks of a lock that is held elsewhere. */
const LOOK = 40;

/** Restarts the lock's time, if we still hold it. */
const EXTEND = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0`);

const RELEASE = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`);

/**
 * Runs the function while no other one runs under the same key, on any machine. The lock of a program that was killed
 * lapses after some seconds.
 */
export async function withRedisLock<T>(
  connection: Connection,
  key: string,
  run: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const owner = randomUUID();
  while ((await connection.run((redis) => redis.set(key, owner, 'PX', LEASE, 'NX'))) === null) {
    // A lock expires by itself. We would wait forever for a key that doesn't.
    if ((await connection.run((redis) => redis.pttl(key))) === -1) throw foreignKey([key]);
    await sleep(LOOK, signal);
  }
  const end = heartbeat(HEARTBEAT, () => connection.script(EXTEND, [key], [owner, LEASE]));
  try {
    return await run();
  } finally {
    end();
    // If Redis can't be reached, the lock lapses.
    await connection.script(RELEASE, [key], [owner]).catch(() => {});
  }
}
