import { ConfigurationError } from './errors/configuration-error.js';
import { LOG_LEVELS } from './observe/logger.js';
import type { EvEnergyOptions, ListOptions, RequestOptions } from './options.js';

/** Timers count in 32 bits; a longer one would fire at once. */
const LONGEST = 2 ** 31 - 1;

const NAMES = [
  'accessToken',
  'apiVersion',
  'appInfo',
  'auth',
  'backoff',
  'baseUrl',
  'clientId',
  'clientSecret',
  'environment',
  'fetch',
  'headers',
  'logLevel',
  'logger',
  'maxRetries',
  'maxRetryWait',
  'onRequest',
  'onResponse',
  'onRetry',
  'quota',
  'scope',
  'timeout',
  'tokenUrl',
  'user',
  'validate',
] as const satisfies (keyof EvEnergyOptions)[];

export const CALL_NAMES = [
  'headers',
  'maxRetries',
  'signal',
  'timeout',
  'validate',
] as const satisfies (keyof RequestOptions)[];

const LIST_NAMES = ['concurrency', 'readAhead', ...CALL_NAMES] as const satisfies (keyof ListOptions)[];

/** Refuses what TypeScript can't: values out of bounds, and misspelt names from plain JavaScript. */
export function checkOptions(options: EvEnergyOptions): void {
  const { appInfo, auth, backoff, logger, quota } = options;
  checkNames('', options, NAMES);
  checkNames('backoff.', backoff, ['initial', 'max']);
  checkNames('quota.', quota, ['reserve', 'pace']);
  checkNames('appInfo.', appInfo, ['name', 'version', 'url']);
  if (appInfo && !appInfo.name) throw new ConfigurationError('appInfo.name: is missing');
  checkFields('headers', options.headers);
  checkFunctions('', options, ['fetch', 'onRequest', 'onResponse', 'onRetry'], checkOptions);
  checkFunctions('logger.', logger, ['debug', 'info', 'warn', 'error']);
  checkFunctions('auth.', auth, ['token']);
  checkChoice('quota.pace', quota?.pace, [true, false]);
  checkTimeout(options.timeout);
  checkCount('maxRetries', options.maxRetries);
  checkWait('maxRetryWait', options.maxRetryWait);
  checkWait('backoff.initial', backoff?.initial);
  checkWait('backoff.max', backoff?.max);
  checkCount('quota.reserve', quota?.reserve);
  checkChoice('validate', options.validate, ['off', 'warn', 'error']);
  checkChoice('logLevel', options.logLevel, LOG_LEVELS);
}

/** The same for the options of one call. */
export function checkCallOptions(options: RequestOptions, names: readonly string[] = CALL_NAMES): void {
  const { headers, maxRetries, signal, timeout, validate } = options;
  checkNames('', options, names);
  checkFields('headers', headers);
  checkTimeout(timeout);
  checkCount('maxRetries', maxRetries);
  checkChoice('validate', validate, ['off', 'warn', 'error']);
  if (signal && typeof signal.addEventListener !== 'function')
    throw new ConfigurationError("signal: is not an AbortSignal; pass the controller's signal");
}

/** The same where a collection is listed. */
export function checkListOptions(options: ListOptions): void {
  checkCallOptions(options, LIST_NAMES);
  const { concurrency: parts = 1, readAhead } = options;
  checkChoice('readAhead', readAhead, [true, false]);
  if (!(Number.isInteger(parts) && parts >= 1 && parts <= 64))
    throw new ConfigurationError(`concurrency: ${parts} is not a whole number from 1 to 64`);
}

function checkNames(prefix: string, options: object | undefined, names: readonly string[]): void {
  checkFields(prefix.slice(0, -1) || 'options', options);
  for (const name of Object.keys(options ?? {}))
    if (!names.includes(name))
      throw new ConfigurationError(
        `${prefix}${name}: there is no such option; there are ${names.join(', ')}`,
      );
}

/** Entries of a `Map`, a `Headers` or a list would be lost without a word, and so would a signal in the place of options. */
export function checkFields(name: string, value: unknown): void {
  // Never shown: it may be a token.
  if (value && (typeof value !== 'object' || Symbol.iterator in value || value instanceof AbortSignal))
    throw new ConfigurationError(`${name}: is not an object of values by name`);
}

/** @param absent stands for one that may be absent */
function checkFunctions<T extends object>(
  prefix: string,
  options: T | null | undefined,
  names: readonly (keyof T & string)[],
  absent?: unknown,
): void {
  for (const name of options ? names : [])
    if (typeof (options?.[name] ?? absent) !== 'function')
      throw new ConfigurationError(`${prefix}${name}: is not a function`);
}

function checkTimeout(value: number | undefined): void {
  if (value !== Infinity) checkWait('timeout', value, 1, ', or Infinity');
}

function checkWait(name: string, value: number | undefined, from = 0, or = ''): void {
  if (value !== undefined && !(Number.isFinite(value) && value >= from && value <= LONGEST))
    throw new ConfigurationError(
      `${name}: ${value} is not a number of milliseconds from ${from} to ${LONGEST}${or}`,
    );
}

function checkCount(name: string, value: number | undefined): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= 0))
    throw new ConfigurationError(`${name}: ${value} is not a whole number from 0`);
}

export function checkChoice<T>(name: string, value: T | undefined, choices: readonly T[]): void {
  if (value !== undefined && !choices.includes(value))
    throw new ConfigurationError(`${name}: '${value}' is not one of ${choices.join(', ')}`);
}
