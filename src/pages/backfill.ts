import type { Call, Core } from '../core.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { PaginationError } from '../errors/pagination-error.js';
import { Bell } from './bell.js';
import type { Page } from './page.js';
import { type Job, Plan } from './plan.js';
import { queryOf, type Range, rangeOf } from './range.js';
import { walk } from './walk.js';

/**
 * All pages from the call's on, in the API's order, with so many walkers side by side, each in a part of the range of
 * its own. How many pages wait to be read is bounded; the first error, or the end of the loop, stops all walkers.
 */
export async function* backfill<T>(core: Core, call: Call, walkers: number): AsyncGenerator<Page<T>, void> {
  if (!(Number.isInteger(walkers) && walkers >= 1 && walkers <= 64))
    throw new ConfigurationError(`concurrency: ${walkers} is not a whole number from 1 to 64`);
  const range = rangeOf(call);
  const query = queryOf(call);
  const plan = new Plan<T>(range, walkers, bound(query, range.begin), bound(query, range.end));
  const bell = new Bell();
  const stop = new AbortController();
  const own = call.options?.signal;
  const signal = own ? AbortSignal.any([own, stop.signal]) : stop.signal;
  let failure: { readonly error: unknown } | undefined;

  const walker = async () => {
    while (!stop.signal.aborted && plan.first) {
      const job = plan.take();
      if (job)
        await walkPart(core, { ...call, options: { ...call.options, signal } }, range, plan, job, bell);
      else await bell.wait();
    }
  };
  const fail = (error: unknown) => {
    failure ??= { error };
    stop.abort();
    bell.ring();
  };
  for (let index = 0; index < walkers; index += 1) walker().catch(fail);

  let last: unknown;
  try {
    for (let part = plan.first; part; part = plan.first) {
      const page = part.pages.shift();
      if (page) {
        bell.ring();
        // Bounds belong to both parts that they part, so an item may come from either.
        if (page.data.length > 0 && keyOf(page.data[0], range) === last) page.data.shift();
        last = page.data.length > 0 ? keyOf(page.data.at(-1), range) : last;
        yield page;
      } else if (part.state === 'done') {
        plan.drop();
        bell.ring();
      } else if (failure) throw failure.error;
      else await bell.wait();
    }
  } finally {
    stop.abort();
    bell.ring();
  }
}

async function walkPart<T>(
  core: Core,
  call: Call,
  range: Range,
  plan: Plan<T>,
  job: Job<T>,
  bell: Bell,
): Promise<void> {
  const { part, limit } = job;
  const query = { ...queryOf(call), [range.begin]: part.begin, [range.end]: part.end };
  let end: { at: string; density: number | undefined } | undefined;
  for await (const page of walk<T>(core, { ...call, query }, { readAhead: true, limit })) {
    const times = page.data.map((item) => keyOf(item, range));
    checkBounds(call, range, part, times);
    const [at, density] = [times.at(-1), densityOf(times)];
    plan.learn(part, times.length, density);
    end = at !== undefined && part.items >= limit && page.hasNext ? { at, density } : undefined;
    part.pages.push(page);
    bell.ring();
  }
  if (end) plan.split(job, end.at, end.density);
  else plan.done(job);
  bell.ring();
}

function bound(query: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (Number.isNaN(Date.parse(String(value))))
    throw new ConfigurationError(`${name}: '${value}' is no time, such as 2026-01-31T00:00:00Z`);
  return String(value);
}

function keyOf(item: unknown, { field }: Range): string {
  return String((item as Record<string, unknown>)[field]);
}

/** Items a millisecond; undefined where there are too few to tell. */
function densityOf(times: readonly string[]): number | undefined {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || times.length < 2) return undefined;
  return (times.length - 1) / Math.max(1, Math.abs(Date.parse(last) - Date.parse(first)));
}

/** A server that takes no notice of the filters would give everything in each part. */
function checkBounds(
  call: Call,
  { begin, end, direction }: Range,
  part: { readonly begin: string | undefined; readonly end: string | undefined },
  times: readonly string[],
): void {
  const [first, last] = [times[0], times.at(-1)];
  const check = (name: string, time: string | undefined, limit: string | undefined, side: number) => {
    if (time === undefined || limit === undefined || (Date.parse(time) - Date.parse(limit)) * side >= 0)
      return;
    throw new PaginationError(
      `${call.row.id}: an item of ${time} came for ${name}=${limit}; the server doesn't keep to the filter, so leave concurrency out`,
    );
  };
  check(begin, first, part.begin, direction);
  check(end, last, part.end, -direction);
}
