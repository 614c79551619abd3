import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { cut } from '../../client/exit/redactor.js';
import { inert } from '../../text/words.js';
import { textOf, timeOf } from '../collection/time.js';
import type { Settings } from '../settings.js';
import type { Place } from './owner.js';

/** What a run was asked for: another start may only continue it when it asks for the same. */
export interface Run {
  /** In the API's time format, like all times here. */
  readonly since: string;
  readonly until: string;
  /** When it began. */
  readonly begun: string;
  /** The parents that were chosen; absent for all. */
  readonly parents?: readonly (readonly string[])[] | undefined;
  readonly query: Readonly<Record<string, unknown>>;
}

export function runOf({ since, until, parents, query, clock }: Settings): Run {
  return {
    since: textOf(since),
    until: textOf(until),
    begun: textOf(clock.now() * 1000),
    parents,
    query,
  };
}

/**
 * Compares the options with an unfinished run, which we are about to continue. A `since` such as `7d` stands for the
 * run's own; a later `until` is exported after the run.
 *
 * @throws ConfigurationError if they ask for something else
 */
export function refuseOther(run: Run, settings: Settings, place: Place): void {
  const fresh = runOf(settings);
  const other = [
    settings.sinceIsAgo || fresh.since === run.since ? undefined : ['since', fresh.since, run.since],
    settings.untilIsNow || fresh.until >= run.until ? undefined : ['until', fresh.until, run.until],
    same(sorted(fresh.parents), sorted(run.parents)) ? undefined : ['parents', listed(fresh), listed(run)],
    same(fresh.query, run.query)
      ? undefined
      : ['query', JSON.stringify(fresh.query), JSON.stringify(run.query)],
  ].find((one) => one !== undefined);
  if (!other) return;
  const [option, given, kept] = other;
  throw new ConfigurationError(
    `${option}: ${short(given)} is not what the unfinished export ${place.where} has, begun at ${run.begun}: ${short(kept)}; finish it with that first, or give another ${place.instead}`,
  );
}

/** Most characters that an error shows of an option. */
const LONGEST = 200;

function short(text = ''): string {
  return inert(cut(text, LONGEST));
}

/** @throws if it isn't a run, but something that another program has written in its place */
export function checkedRun(run: Run): Run {
  for (const time of [run.since, run.until, run.begun]) timeOf('run', time);
  run.parents?.map((parent) => parent.map((name) => name.length));
  if (typeof run.query !== 'object' || run.query === null) throw new TypeError('its query is not an object');
  return run;
}

/** The run's bounds, as times. */
export function boundsOf(run: Run) {
  return { since: timeOf('since', run.since), until: timeOf('until', run.until) };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function sorted(parents: Run['parents']): string[] | undefined {
  return parents?.map((parent) => parent.join('/')).sort();
}

function listed({ parents }: Run): string {
  return sorted(parents)?.join(', ') ?? 'all';
}
