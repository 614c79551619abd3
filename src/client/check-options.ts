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
import { LONGEST } from './wait/abort.js';

/** Refuses a value that TypeScript can't refuse, by the option's name. An option that is undefined isn't asked. */
export type Check = (name: string, value: unknown) => void;

/** A check for each option: one that is forgotten doesn't compile. */
export type Checks<Options> = { readonly [Name in keyof Required<Options>]: Check };

/** Refuses what the test doesn't pass, with what is wrong with it. */
// biome-ignore lint/suspicious/noExplicitAny: each test says what it expects.
function unless(test: (value: any) => boolean, wrong: (value: unknown) => string): Check {
  return (name, value) => {
    if (!test(value)) throw new ConfigurationError(`${name}: ${wrong(value)}`);
  };
}

/** What comes from the environment or a file is checked where it is read. */
export const anything: Check = () => {};

const text = unless(
  (value) => typeof value === 'string',
  () => 'is not a text',
);

const callable = unless(
  (value) => value === null || typeof value === 'function',
  () => 'is not a function',
);

export const list = unless(Array.isArray, () => 'is not a list');

/** Entries of a `Map`, a `Headers` or a list would be lost without a word, and so would a signal in the place of options. */
export const fields = unless(
  (value) =>
    !value || (typeof value === 'object' && !(Symbol.iterator in value || value instanceof AbortSignal)),
  // Never shown: it may be a token.
  () => 'is not an object of values by name',
);

const signal = unless(
  (value) => !value || typeof value.addEventListener === 'function',
  () => "is not an AbortSignal; pass the controller's signal",
);

function whole(from: number, to = Infinity): Check {
  return unless(
    (value) => Number.isInteger(value) && value >= from && value <= to,
    (value) => `${value} is not a whole number from ${from}${to === Infinity ? '' : ` to ${to}`}`,
  );
}

function milliseconds(from: number, or?: number): Check {
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
const QUOTA: Checks<QuotaOptions> = {
  account: text,
  pace: oneOf(true, false),
  reserve: count,
  store: having('bucket'),
};
const APP_INFO: Checks<AppInfo> = { name: anything, version: anything, url: anything };

/** The checks of a call's options. */
export const CALL: Checks<RequestOptions> = {
  headers: fields,
  maxRetries: count,
  signal,
  timeout,
  user: text,
  validate: oneOf('off', 'warn', 'error'),
};

const LIST: Checks<ListOptions> = { concurrency: whole(1, 64), readAhead: oneOf(true, false), ...CALL };

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
