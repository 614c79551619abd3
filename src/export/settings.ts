import { operations } from '../../generated/operations.js';
import { anything, type Checks, check, fields, list, oneOf } from '../client/check-options.js';
import { ConfigurationError } from '../client/errors/configuration-error.js';
import { rowsOf } from '../client/resource/operation-row.js';
import { checkedName, isHeader } from '../client/resource/resource.js';
import { sleep } from '../client/wait/abort.js';
import { GTE, LTE, PAGE_AFTER, PAGE_BEFORE } from '../text/conventions.js';
import { spanOf } from '../text/span.js';
import { chooseCollection, type TimedCollection, timedCollections } from './collection/collections.js';
import { type Time, textOf, timeOf } from './collection/time.js';
import type { Clock, ExportOptions } from './options.js';
import { endingWith } from './sinks/in-time.js';
import type { Sink } from './sinks/sink.js';

/** The options of an export, checked and with defaults filled in. Times are in microseconds. */
export interface Settings {
  readonly collection: TimedCollection;
  /** For an export by many machines: the application and user that all of them must act for. */
  readonly application?: string | undefined;
  readonly since: Time;
  /** Whether `since` was given as `7d`, so that it means another time at each start. */
  readonly sinceIsAgo: boolean;
  readonly until: Time;
  /** Whether `until` is the present, or was given relative to it. */
  readonly untilIsNow: boolean;
  readonly sink: Sink;
  readonly journal: string | undefined;
  readonly overlap: Time;
  /** What a window spans at most; undefined for what suits the number of parents. */
  readonly width: Time | undefined;
  readonly concurrency: number;
  /** Time between two items of a parent. */
  readonly cadence: Time | undefined;
  readonly query: Readonly<Record<string, unknown>>;
  readonly parents: readonly (readonly string[])[] | undefined;
  readonly wait: boolean;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  readonly onPlan: NonNullable<ExportOptions['onPlan']>;
  readonly onProgress: NonNullable<ExportOptions['onProgress']>;
}

/** The API's collections that are ordered by a time. */
export function collections(): TimedCollection[] {
  return timedCollections(rowsOf(operations));
}

/** @throws ConfigurationError for an option that can't be used; the message names it */
export function settingsOf<T>(options: ExportOptions<T>): Settings {
  check('', options, CHECKS);
  for (const name of ['collection', 'since', 'sink'] as const)
    if (options?.[name] === undefined) CHECKS[name](name, undefined);
  const { clock = REAL, overlap = 3_600_000, window, concurrency = 4, cadence } = options;
  const collection = chooseCollection(collections(), options.collection);
  const [sinceAgo, untilAgo] = [agoOf(options.since), agoOf(options.until ?? '0s')];
  const before = (span: number) => Math.max(0, clock.now() - span) * 1000;
  const since = sinceAgo === undefined ? timeOf('since', options.since) : before(sinceAgo);
  const asked = untilAgo === undefined ? timeOf('until', options.until ?? '') : before(untilAgo);
  // Times in the future would be marked as exported, and never requested.
  const until = Math.min(asked, before(0));
  if (since >= until)
    throw new ConfigurationError(
      `since: ${textOf(since)} is not before until, which is ${textOf(until)}; swap them, or choose an earlier one`,
    );
  const names = collection.parents.length;
  if (options.parents?.some((parent) => !Array.isArray(parent) || parent.length !== names))
    throw new ConfigurationError(
      `parents: each has to be a list of ${names} values, those of ${collection.row.path}`,
    );
  for (const value of options.parents?.flat() ?? [])
    if (typeof value !== 'string' || value === '')
      throw new ConfigurationError(
        `parents: '${value}' is not a value for ${collection.row.path}; give the ids`,
      );
  const { by } = collection;
  for (const [names, instead] of [
    [[by + GTE, by + LTE], 'give since and until'],
    [[PAGE_AFTER, PAGE_BEFORE], 'the export turns the pages itself'],
  ] as const)
    for (const name of names)
      if (Object.hasOwn(Object(options.query), name))
        throw new ConfigurationError(`query: leave out ${name}; ${instead}`);
  for (const name of Object.keys(options.query ?? {}))
    if (!isHeader(collection.row, name)) checkedName(collection.row, name);
  const sink =
    typeof options.sink === 'function'
      ? { write: async (batch: never) => sinkOf(options)(batch) }
      : options.sink;
  return {
    collection,
    since,
    sinceIsAgo: sinceAgo !== undefined,
    until,
    untilIsNow: untilAgo !== undefined || until < asked,
    sink: endingWith(sink as Sink, options.signal),
    journal: options.journal,
    overlap: overlap * 1000,
    width: window === undefined ? undefined : window * 1000,
    concurrency,
    cadence: cadence === undefined ? undefined : cadence * 1e6,
    query: options.query ?? {},
    parents: options.parents,
    wait: options.whenEmpty !== 'stop',
    signal: options.signal,
    clock,
    onPlan: options.onPlan ?? (() => {}),
    onProgress: options.onProgress ?? (() => {}),
  };
}

/** The milliseconds in a time that is given as so long ago. */
function agoOf(value: Date | string): number | undefined {
  return typeof value === 'string' ? spanOf(value) : undefined;
}

function sinkOf<T>({
  sink,
}: ExportOptions<T>): Extract<ExportOptions<T>['sink'], (...args: never) => unknown> {
  return sink as Extract<ExportOptions<T>['sink'], (...args: never) => unknown>;
}

const REAL: Clock = { now: () => Date.now(), sleep };

function positive(name: string, value: unknown): void {
  if (!(typeof value === 'number' && value > 0 && Number.isFinite(value)))
    throw new ConfigurationError(`${name}: ${value} is not a number above 0`);
}

function required(what: string, test: (value: unknown) => boolean) {
  return (name: string, value: unknown) => {
    if (!test(value)) throw new ConfigurationError(`${name}: is not ${what}`);
  };
}

const isFunction = required('a function', (value) => typeof value === 'function');
const isText = required('a string', (value) => typeof value === 'string' && value !== '');
const isTime = required('a Date or a string', (value) => value instanceof Date || typeof value === 'string');

const CHECKS: Checks<ExportOptions> = {
  collection: isText,
  since: isTime,
  until: isTime,
  sink: required(
    'a sink: give ndjsonSink(…), csvSink(…), parquetSink(…) or a function',
    (value) => typeof value === 'function' || typeof (value as Sink | null)?.write === 'function',
  ),
  journal: isText,
  overlap: (name, value) => {
    if (value !== 0) positive(name, value);
  },
  window: positive,
  concurrency: (name, value) => {
    if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > 64)
      throw new ConfigurationError(`${name}: ${value} is not a whole number from 1 to 64`);
  },
  cadence: positive,
  query: fields,
  parents: list,
  whenEmpty: oneOf('wait', 'stop'),
  onPlan: isFunction,
  onProgress: isFunction,
  signal: required('an AbortSignal', (value) => value instanceof AbortSignal),
  clock: anything,
};
