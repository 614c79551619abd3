import { CannotRun } from '../errors.js';
import type { Keys, TargetName } from '../model/target.js';
import { inCapitals, prefixOf } from './credentials.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads API keys, user name and password from the environment: `EV_ENERGY_LIVE_API_KEY` for that target, else
 * `EV_ENERGY_API_KEY`. If there are several schemes, the name is appended: `EV_ENERGY_API_KEY_PARTNER`.
 *
 * @param target undefined for a server without a name.
 * @throws CannotRun if only one of user name and password is set.
 */
export function readKeys(target: TargetName | undefined, environment: Environment): Keys {
  const own = target === undefined ? [] : [prefixOf(target)];
  const prefixes = [...own, 'EV_ENERGY_'];
  const read = (name: string) =>
    prefixes.map((prefix) => environment[prefix + name]?.trim()).find((value) => value);
  const [user, password] = [read('USERNAME'), read('PASSWORD')];
  if ((user === undefined) !== (password === undefined)) {
    const [set, missing] = user === undefined ? ['PASSWORD', 'USERNAME'] : ['USERNAME', 'PASSWORD'];
    throw new CannotRun(`EV_ENERGY_${set} is set, but EV_ENERGY_${missing} isn't: set both.`);
  }
  const isKey = (name: string) => prefixes.some((prefix) => name.startsWith(`${prefix}API_KEY`));
  const secrets = Object.keys(environment)
    .filter(isKey)
    .map((name) => environment[name]?.trim() ?? '');
  if (user !== undefined && password !== undefined) secrets.push(password, encoded({ user, password }));
  return {
    key: (scheme) => read(`API_KEY_${inCapitals(scheme)}`) ?? read('API_KEY'),
    basic: user === undefined || password === undefined ? undefined : { user, password },
    secrets,
  };
}

/** The variable for the key of a scheme. */
export function inEnvironment(scheme: string): string {
  return `EV_ENERGY_API_KEY_${inCapitals(scheme)}`;
}

/** Encoded for the Authorization header (RFC 7617, section 2). */
export function encoded({ user, password }: NonNullable<Keys['basic']>): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}

/** What to send to a mock, which accepts any key, user name and password, unless others are set. */
export const MOCK_KEYS: Keys = {
  key: () => 'mock-key',
  basic: { user: 'mock-user', password: 'mock-password' },
  secrets: [],
};
