import { nearest } from '../text/nearest.js';
import { ConfigurationError } from './errors/configuration-error.js';
import { LOG_LEVELS } from './observe/logger.js';
import type {
  AppInfo,
  ArrayOptions,
  Backoff,
  DerivedOptions,
  EvEnergyOptions,
  ListOptions,
  QuotaOptions,
  RequestOptions,
} from './options.js';
import { LONGEST } from './wait/abort.js';

/** Throws if a value that TypeScript couldn't check is wrong, naming the option. It isn't called for undefined. */
export type Check = (name: string, value: unknown) => void;

/** One check per option; forgetting one is a compile error. */
export type Checks<Options> = { readonly [Name in keyof Required<Options>]: Check };

/** A check that throws with `wrong` if the test fails. */
// biome-ignore lint/suspicious/noExplicitAny: each test says what it expects.
function unless(test: (value: any) => boolean, wrong: (value: unknown) => string): Check {
  return (name, value) => {
    if (!test(value)) throw new ConfigurationError(`${name}: ${wrong(value)}`);
  };
}

/** For options that may come from the environment or a file, which are checked where they are read. */
export const anything: Check = () => {};

export const text = unless(
  (value) => typeof value === 'string',
  () => 'is not a string',
);

const callable = unless(
  (value) => value === null || typeof value === 'function',
  () => 'is not a function',
);

export const list = unless(Array.isArray, () => 'is not a list');

/** A `Map`, a `Headers` or a list would silently lose its entries, and so would a signal passed instead of options. */
export const fields = unless(
  (value) =>
    !value || (typeof value === 'object' && !(Symbol.iterator in value || value instanceof AbortSignal)),
  // Not shown in the error: it may be a token.
  () => 'is not an object of values by name',
);

const signal = unless(
  (value) => !value || typeof value.addEventListener === 'function',
  () => "is not an AbortSignal; pass the controller's signal",
);

export function whole(from: number, to = Infinity): Check {
  return unless(
    (value) => Number.isInteger(value) && value >= from && value <= to,
    (value) => `${value} is not a whole number from ${from}${to === Infinity ? '' : ` to ${to}`}`,
  );
}

export function milliseconds(from: number, or?: number): Check {
  return unless(
    (value) => value === or || (Number.isFinite(value) && value >= from && value <= LONGEST),
    (value) => `${value} is not a number of milliseconds from ${from} to ${LONGEST}${or ? `, or ${or}` : ''}`,
  );
}

const count = whole(0);
const wait = milliseconds(0);
const timeout = milliseconds(1, Infinity);

export function oneOf(...choices: readonly unknown[]): Check {
  return unless(
    (value) => choices.includes(value),
    (value) => `'${value}' is not one of ${choices.join(', ')}`,
  );
}

/** An object that has these methods. */
export function having(...methods: readonly string[]): Check {
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
const QUOTA: Checks<QuotaOptions> = {
  account: text,
  pace: oneOf(true, false),
  reserve: count,
  store: having('bucket'),
};
const APP_INFO: Checks<AppInfo> = { name: anything, version: anything, url: anything };

/** Checks of a single call's options. */
export const CALL: Checks<RequestOptions> = {
  headers: fields,
  maxRetries: count,
  signal,
  timeout,
  user: text,
  validate: oneOf('off', 'warn', 'error'),
};

const LIST: Checks<ListOptions> = { concurrency: whole(1, 64), readAhead: oneOf(true, false), ...CALL };

const ARRAY: Checks<ArrayOptions> = {
  limit: unless(
    (value) => typeof value === 'number' && value >= 0,
    (value) => `${value} is not a number of items`,
  ),
};

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
  tokenStore: having('load', 'save', 'lock'),
  tokenUrl: anything,
  ...DERIVED,
};

/** Refuses what TypeScript can't: values out of bounds, and misspelt names from plain JavaScript. */
export function checkOptions(options: EvEnergyOptions): void {
  check('', options, CLIENT);
}

/** Like `checkOptions`, for `withOptions`. */
export function checkDerivedOptions(options: DerivedOptions): void {
  check('', options, DERIVED, (name) =>
    Object.hasOwn(CLIENT, name)
      ? `${name}: belongs to the client as a whole; make another client with new EvEnergy(…)`
      : undefined,
  );
}

/** Like `checkOptions`, for the options of a call. */
export function checkCallOptions(options: RequestOptions): void {
  check('', options, CALL);
}

/** Like `checkOptions`, for the options of a call that lists a collection. */
export function checkListOptions(options: ListOptions): void {
  check('', options, LIST);
}

/** Like `checkOptions`, for the options of `toArray`. */
export function checkArrayOptions(options: ArrayOptions): void {
  check('', options, ARRAY);
}

/**
 * Refuses unknown names, and values that fail their check.
 * @param why a message for an unknown name, if there is a better one than the default
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
    if (!one) throw new ConfigurationError(why(name) ?? unknown(prefix, name, Object.keys(checks).sort()));
    if (value !== undefined) one(`${prefix}${name}`, value);
  }
}

function unknown(prefix: string, name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  const known = meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}?`;
  return `${prefix}${name}: there is no such option; ${known}`;
}
