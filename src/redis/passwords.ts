import type { Cluster, Redis } from 'ioredis';
import { hideUserInfo, Redactor } from '../client/exit/redactor.js';

/** The options of a connection that hold a secret. */
const SECRET = ['password', 'sentinelPassword'] as const;

type Passwords = Partial<Record<(typeof SECRET)[number], unknown>>;

/**
 * Returns a function that takes the passwords of a Redis out of a text, and the user information of any URL.
 * @param redis a connection, or the URL of one
 * @param secrets what else to take out; it learns the passwords
 */
export function passwordHider(
  redis: string | Redis | Cluster | undefined,
  secrets = new Redactor(),
): (text: string) => string {
  for (const given of typeof redis === 'string' ? inUrl(redis) : inOptions(redis))
    secrets.learn(given === undefined ? given : String(given));
  return (text) => hideUserInfo(secrets.hide(text));
}

function inUrl(url: string): unknown[] {
  if (!URL.canParse(url)) return [];
  const { username, password, searchParams } = new URL(url);
  const user = username === '' ? [] : [`${username}:${password}`];
  // ioredis takes options in the query, too.
  return [password, decoded(password), ...user, ...SECRET.map((name) => searchParams.get(name) ?? undefined)];
}

function inOptions(redis: Redis | Cluster | undefined): unknown[] {
  const { redisOptions = {}, ...own } = (redis?.options ?? {}) as Passwords & { redisOptions?: Passwords };
  return [own, redisOptions].flatMap((one: Passwords) => SECRET.map((name) => one[name] ?? undefined));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
