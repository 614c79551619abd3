import { ConfigurationError } from './errors/configuration-error.js';
import { LOG_LEVELS } from './observe/logger.js';
import type {
  AppInfo,
  Backoff,
  DerivedOptions,
  EvEnergyOptions,
  ListOptions,
  QuotaOptions,
  RequestOptions,
} from './options.js';

/** Refuses a value that TypeScript can't refuse, by the option's name. An option that is undefined isn't asked. */
export type Check = (name: string, value: unknown) => void;

/** A check for each option: one that is forgotten doesn't compile. */
export type Checks<Options> = { readonly [Name in keyof Required<Options>]: Check };

/** Timers count in 32 bits; a longer one would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** What comes from the environment or a file is checked where it is read. */
const anything: Check = () => {};

const text: Check = (name, value) => {
  if (typeof value !== 'string') throw new ConfigurationError(`${name}: is not a text`);
};

const callable: Check = (name, value) => {
  if (value !== null && typeof value !== 'function')
    throw new ConfigurationError(`${name}: is not a function`);
};

/** Entries of a `Map`, a `Headers` or a list would be lost without a word, and so would a signal in the place of options. */
export const fields: Check = (name, value) => {
  // Never shown: it may be a token.
  if (value && (typeof value !== 'object' || Symbol.iterator in value || value instanceof AbortSignal))
    throw new ConfigurationError(`${name}: is not an object of values by name`);
};

const count: Check = (name, value) => {
  if (!(Number.isInteger(value) && (value as number) >= 0))
    throw new ConfigurationError(`${name}: ${value} is not a whole number from 0`);
};

const wait: Check = (name, value) => milliseconds(name, value, 0, '');

const timeout: Check = (name, value) => {
  if (value !== Infinity) milliseconds(name, value, 1, ', or Infinity');
};

function milliseconds(name: string, value: unknown, from: number, or: string): void {
  if (!(Number.isFinite(value) && (value as number) >= from && (value as number) <= LONGEST))
    throw new ConfigurationError(
      `${name}: ${value} is not a number of milliseconds from ${from} to ${LONGEST}${or}`,
    );
}

const signal: Check = (name, value) => {
  if (value && typeof (value as AbortSignal).addEventListener !== 'function')
    throw new ConfigurationError(`${name}: is not an AbortSignal; pass the controller's signal`);
};

const parts: Check = (name, value) => {
  if (!(Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 64))
    throw new ConfigurationError(`${name}: ${value} is not a whole number from 1 to 64`);
};

function oneOf(...choices: readonly unknown[]): Check {
  return (name, value) => {
    if (!choices.includes(value))
      throw new ConfigurationError(`${name}: '${value}' is not one of ${choices.join(', ')}`);
  };
}

/** An object that has these methods. */
function having(...methods: readonly string[]): Check {
  return (name, value) => {
    if (value === null) return;
    for (const method of methods)
      callable(`${name}.${method}`, (value as Record<string, unknown>)[method] ?? 'absent');
  };
}

function nested<Options>(checks: Checks<Options>): Check {
  return (name, value) => check(`${name}.`, value, checks);
}

const BACKOFF: Checks<Backoff> = { initial: wait, max: wait };
const QUOTA: Checks<QuotaOptions> = { reserve: count, pace: oneOf(true, false) };
const APP_INFO: Checks<AppInfo> = { name: anything, version: anything, url: anything };

const CALL: Checks<RequestOptions> = {
  headers: fields,
  maxRetries: count,
  signal,
  timeout,
  user: text,
  validate: oneOf('off', 'warn', 'error'),
};

const LIST: Checks<ListOptions> = { concurrency: parts, readAhead: oneOf(true, false), ...CALL };

const DERIVED: Checks<DerivedOptions> = {
  apiVersion: anything,
  appInfo: (name, value) => {
    nested(APP_INFO)(name, value);
    if (value && !(value as AppInfo).name) throw new ConfigurationError(`${name}.name: is missing`);
  },
  backoff: nested(BACKOFF),
  headers: fields,
  logLevel: oneOf(...LOG_LEVELS),
  logger: having('debug', 'info', 'warn', 'error'),
  maxRetries: count,
  maxRetryWait: wait,
  onRequest: callable,
  onResponse: callable,
  onRetry: callable,
  timeout,
  user: anything,
  validate: oneOf('off', 'warn', 'error'),
  validators: callable,
};

const CLIENT: Checks<EvEnergyOptions> = {
  accessToken: anything,
  auth: having('token'),
  baseUrl: anything,
  clientId: anything,
  clientSecret: anything,
  environment: anything,
  fetch: callable,
  quota: nested(QUOTA),
  scope: anything,
  tokenUrl: anything,
  ...DERIVED,
};

/** Refuses what TypeScript can't: values out of bounds, and misspelt names from plain JavaScript. */
export function checkOptions(options: EvEnergyOptions): void {
  check('', options, CLIENT);
}

/** The same for `withOptions`. */
export function checkDerivedOptions(options: DerivedOptions): void {
  check('', options, DERIVED, (name) =>
    name in CLIENT
      ? `${name}: belongs to the client as a whole; make another client with new EvEnergy(…)`
      : undefined,
  );
}

/** The same for the options of one call. */
export function checkCallOptions(options: RequestOptions): void {
  check('', options, CALL);
}

/** The same where a collection is listed. */
export function checkListOptions(options: ListOptions): void {
  check('', options, LIST);
}

/**
 * Refuses names that have no check, and values that their check refuses.
 * @param why what to say of a name that has none, where there is more to say
 */
export function check<Options>(
  prefix: string,
  options: unknown,
  checks: Checks<Options>,
  why: (name: string) => string | undefined = () => undefined,
): void {
  fields(prefix.slice(0, -1) || 'options', options);
  const byName: Readonly<Record<string, Check>> = checks;
  for (const [name, value] of Object.entries(options ?? {})) {
    const one = Object.hasOwn(byName, name) ? byName[name] : undefined;
    if (!one)
      throw new ConfigurationError(
        why(name) ??
          `${prefix}${name}: there is no such option; there are ${Object.keys(checks).sort().join(', ')}`,
      );
    if (value !== undefined) one(`${prefix}${name}`, value);
  }
}

/** The checks of a call's options, for whoever has more of them. */
export const CALL_CHECKS: Checks<RequestOptions> = CALL;
