import { isStoredTokens, type StoredTokens, type TokenStore } from '../client/auth/token-store.js';
import { ConfigurationError } from '../client/errors/configuration-error.js';
import { type Connection, keyPart } from './connection.js';
import { withRedisLock } from './lock.js';

/** Milliseconds after which an unused refresh token is forgotten. */
const IDLE = 180 * 86_400_000;

/** Keeps tokens in Redis; fails if Redis can't be reached. */
export function redisTokens(connection: Connection, prefix: string): TokenStore {
  /** What a Redis that fails later repeats, say in the script that it ran. */
  const known = (tokens: StoredTokens) => {
    connection.secrets.learn(tokens.accessToken, tokens.refreshToken);
    return tokens;
  };
  const place = (key: string) => `${prefix}token:{${keyPart(key)}}`;
  return {
    load: async (key) => {
      const text = await connection.run((redis) => redis.get(place(key)), [place(key)]);
      return text === null ? undefined : known(parsed(text, place(key)));
    },
    save: async (key, tokens) => {
      known(tokens);
      const life = Math.max(1_000, (tokens.expiresAt ?? Infinity) - Date.now());
      const ttl = tokens.refreshToken === undefined ? Math.min(life, IDLE) : IDLE;
      await connection.run((redis) => redis.set(place(key), JSON.stringify(tokens), 'PX', Math.ceil(ttl)));
    },
    lock: (key, run) => withRedisLock(connection, `${place(key)}:lock`, run),
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
