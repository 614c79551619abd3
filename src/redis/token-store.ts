import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isStoredTokens, type StoredTokens, type TokenStore } from '../client/auth/token-store.js';
import { ConfigurationError } from '../client/errors/configuration-error.js';
import { heartbeat } from '../node/heartbeat.js';
import { type Connection, foreignKey, keyPart } from './connection.js';
import { script } from './script.js';

/** Milliseconds after its holder's last sign of life at which a lock lapses. */
const LEASE = 5_000;
/** Milliseconds between the holder's signs of life. */
const HEARTBEAT = 1_500;
/** Milliseconds between two checks of a lock that is held elsewhere. */
const LOOK = 40;
/** Milliseconds after which an unused refresh token is forgotten. */
const IDLE = 180 * 86_400_000;

/** Restarts the lock's time, if we still hold it. */
const EXTEND = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0`);

const RELEASE = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`);

/** Keeps tokens in Redis; fails if Redis can't be reached. */
export function redisTokens(connection: Connection, prefix: string): TokenStore {
  const place = (key: string) => `${prefix}token:{${keyPart(key)}}`;
  return {
    load: async (key) => {
      const text = await connection.run((redis) => redis.get(place(key)), [place(key)]);
      return text === null ? undefined : parsed(text, place(key));
    },
    save: async (key, tokens) => {
      connection.secrets.learn(tokens.accessToken, tokens.refreshToken);
      const life = Math.max(1_000, (tokens.expiresAt ?? Infinity) - Date.now());
      const ttl = tokens.refreshToken === undefined ? Math.min(life, IDLE) : IDLE;
      await connection.run((redis) => redis.set(place(key), JSON.stringify(tokens), 'PX', Math.ceil(ttl)));
    },
    lock: (key, run) => locked(connection, `${place(key)}:lock`, run),
  };
}

function parsed(text: string, place: string): StoredTokens {
  const tokens = jsonOf(text);
  if (isStoredTokens(tokens)) return tokens;
  throw new ConfigurationError(`redis: ${place} holds something other than tokens; delete it`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the parser's message, which quotes the text.
    return undefined;
  }
}

async function locked<T>(connection: Connection, key: string, run: () => Promise<T>): Promise<T> {
  const owner = randomUUID();
  while ((await connection.run((redis) => redis.set(key, owner, 'PX', LEASE, 'NX'))) === null) {
    // A lock ends by itself. What doesn't would be waited for without end.
    if ((await connection.run((redis) => redis.pttl(key))) === -1) throw foreignKey([key]);
    await sleep(LOOK);
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
