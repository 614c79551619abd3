import { isObject } from '../document/index.js';
import { nearest } from '../text/nearest.js';
import type { FakeOptions } from './options.js';

/** Returns what the value must be; undefined if it is that already. */
export type Check = (value: unknown) => string | undefined;

/** @param to largest value; `Infinity` also allows the value Infinity. */
export const wholeNumber =
  (from: number, to = Number.MAX_SAFE_INTEGER): Check =>
  (value) => {
    const isIn = typeof value === 'number' && value >= from && value <= to;
    if (isIn && (Number.isInteger(value) || value === Number.POSITIVE_INFINITY)) return undefined;
    const end =
      to === Number.MAX_SAFE_INTEGER ? '' : to === Number.POSITIVE_INFINITY ? ', or Infinity' : ` to ${to}`;
    return `a whole number from ${from}${end}`;
  };

export const aMoment: Check = (value) =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? undefined : 'a Date that names a moment';

/** More doesn't fit into Node's default memory. */
const aSize = wholeNumber(1, 1_000_000);

/** One check per option; forgetting one is a compile error. */
const CHECKS: Readonly<Record<keyof FakeOptions, Check>> = {
  behaviours: (value) => (isObject(value) ? undefined : 'an object of behaviours'),
  clients: (value) => {
    const isClient = (client: unknown) =>
      isObject(client) && typeof client.id === 'string' && client.id !== '';
    const isGood = Array.isArray(value) && value.length > 0 && value.every(isClient);
    return isGood ? undefined : 'a list of at least one client, each with an id';
  },
  cors: trueOrFalse,
  data: aFunction,
  document: (value) => {
    const isGood =
      typeof value === 'string' || value instanceof URL || (isObject(value) && isObject(value.paths));
    return isGood ? undefined : 'an OpenAPI document: parsed, its text, or its file';
  },
  evses: aSize,
  latency: wholeNumber(0, Number.POSITIVE_INFINITY),
  latest: aMoment,
  linkBase: (value) => (typeof value === 'string' && URL.canParse(value) ? undefined : 'an absolute URL'),
  now: aFunction,
  port: wholeNumber(0, 65_535),
  rateLimit: (value) => {
    if (!isObject(value)) return wholeNumber(0)(value);
    checkAll('rateLimit.', value, { limit: wholeNumber(0), anonymous: wholeNumber(0) });
    return undefined;
  },
  record: trueOrFalse,
  seed: (value) => {
    const isGood = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
    return isGood ? undefined : 'a number or a text';
  },
  statusLogs: aSize,
  tamper: aFunction,
  tokenLifetime: wholeNumber(0),
  users: aSize,
  vehicles: aSize,
};

/**
 * Refuses what TypeScript can't: misspelt names, and wrong numbers.
 *
 * @throws TypeError that names an unknown option and the known ones.
 * @throws RangeError that names an option with a wrong value and says what it must be.
 */
export function checkOptions(options: FakeOptions): void {
  if (!isObject(options)) throw new TypeError('The options of a fake must be an object');
  checkAll('', options, CHECKS);
}

/** @param prefix of the names in messages: `rateLimit.`. */
export function checkAll(prefix: string, options: object, checks: Readonly<Record<string, Check>>): void {
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) {
      const known = Object.keys(checks).map((known) => prefix + known);
      const meant = nearest(prefix + name, known);
      const hint = meant === undefined ? '' : `. Did you mean '${meant}'?`;
      throw new TypeError(`There is no option '${prefix}${name}'; there are ${known.join(', ')}${hint}`);
    }
    const wanted = value === undefined ? undefined : check(value);
    if (wanted !== undefined) throw new RangeError(`${prefix}${name} must be ${wanted}, not ${shown(value)}`);
  }
}

export function trueOrFalse(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'true or false';
}

export function aFunction(value: unknown): string | undefined {
  return typeof value === 'function' ? undefined : 'a function';
}

/** Objects are shown by kind only, since their content may be secret. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
