import { ConfigurationError } from '../errors/configuration-error.js';
import { PaginationError } from '../errors/pagination-error.js';
import type { Call } from '../resource/call.js';
import { Bell } from '../wait/bell.js';
import type { Page } from './page.js';
import { type Collection, type List, PartPage } from './part-page.js';
import { type Job, Plan } from './plan.js';
import { between, keyOf, queryOf, type Range, rangeOf } from './range.js';
import { cleaner, tailOf } from './seam.js';

/**
 * Yields all pages from the call's on, in the API's order. Several walkers run side by side, each in its own part of
 * the range. The number of pages waiting to be read is bounded; the first error, or the end of the loop, stops all
 * walkers.
 * Several items may have the same time. If cursors are times, links skip some of these items: once equal times have
 * been seen, we request such items by their time; before that, we follow links as without concurrency.
 * @throws PaginationError if cursors are times and more items share a time than fit on a page
 */
export async function* backfill<T>(list: List<T>, walkers: number): AsyncGenerator<Page<T>, void> {
  const { call } = list;
  const range = rangeOf(call);
  const collection = { ...list, range };
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
      if (job) await walkPart(collection, signal, plan, job, bell);
      else await bell.wait();
    }
  };
  const fail = (error: unknown) => {
    failure ??= { error };
    stop.abort();
    bell.ring();
  };
  for (let index = 0; index < walkers; index += 1) walker().catch(fail);

  let clean = cleaner([], range);
  let tail: readonly T[] = [];
  let any = false;
  // A part's last page may also be the collection's last page; we only know once the next part has an item.
  let held: PartPage<T> | undefined;
  try {
    for (let part = plan.first; part; part = plan.first) {
      // After an abort, even pages that have come aren't read.
      own?.throwIfAborted();
      const came = part.pages.shift();
      if (came) {
        const { page } = came;
        bell.ring();
        clean(page.data);
        if (page.data.length > 0) {
          if (held && any) yield held.page;
          any = true;
          tail = came.tail = tailOf(tail, page.data, range);
          held = page.hasNext ? undefined : came;
          if (held) held.more = true;
          else yield page;
        } else if (!any) held = came;
      } else if (part.state === 'done') {
        plan.drop();
        clean = cleaner(tail, range);
        bell.ring();
      } else if (failure) {
        if (held && any) yield held.page;
        throw failure.error;
      } else await bell.wait();
    }
    if (held) {
      held.more = false;
      yield held.page;
    }
  } finally {
    stop.abort();
    bell.ring();
  }
}

async function walkPart<T>(
  collection: Collection<T>,
  signal: AbortSignal,
  plan: Plan<T>,
  job: Job<T>,
  bell: Bell,
): Promise<void> {
  const { call, range, readAhead, walk } = collection;
  const { part } = job;
  const options = { readAhead: readAhead && !plan.lossy, limit: job.limit, signal };
  let end: string | undefined;
  let density: number | undefined;
  for await (const page of walk(between(call, range, part.begin, part.end), options)) {
    const times = page.data.map((item) => keyOf(item, range));
    checkOrder(call, range, times);
    checkBounds(call, range, part, times);
    const at = times.at(-1);
    density = densityOf(times);
    plan.learn(part, times.length, density);
    if (page.hasNext && at !== undefined) {
      // Such a cursor skips all items of its time, whether or not they are on the page.
      const timed = Date.parse(page.nextCursor ?? '') === Date.parse(at);
      plan.lossy ||= timed && new Set(times).size < times.length;
      const lossy = timed && plan.lossy;
      // A part that begins at the same time as the one before would make no progress.
      if (at !== part.begin) end = lossy || part.items >= job.limit ? at : undefined;
      else if (lossy)
        for await (const ties of walk(between(call, range, at, at), options)) {
          if (!ties.hasNext) break;
          throw new PaginationError(
            `${call.operation.id}: more items than a page holds have the ${range.field} ${at}; ask for a larger page_size`,
          );
        }
    }
    part.pages.push(new PartPage(collection, { data: page.data, response: page.answer }));
    bell.ring();
    if (end) break;
    options.limit = Math.max(options.limit, part.items + 1);
  }
  if (end) plan.split(job, end, density);
  else plan.done(job);
  bell.ring();
}

function bound(query: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (Number.isNaN(Date.parse(String(value))))
    throw new ConfigurationError(`${name}: '${value}' is not a time, such as 2026-01-31T00:00:00Z`);
  return String(value);
}

/** Items per millisecond; undefined if there are too few to tell. */
function densityOf(times: readonly string[]): number | undefined {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || times.length < 2) return undefined;
  return (times.length - 1) / Math.max(1, Math.abs(Date.parse(last) - Date.parse(first)));
}

/** If items aren't sorted, a part's first and last item don't tell what lies between them. */
function checkOrder(call: Call, { field, direction }: Range, times: readonly string[]): void {
  let before = times[0] ?? '';
  for (const time of times) {
    if (!((Date.parse(time) - Date.parse(before)) * direction >= 0))
      throw new PaginationError(
        `${call.operation.id}: an item of the ${field} ${time} came behind one of ${before}; the server doesn't sort by it, so leave concurrency out`,
      );
    before = time;
  }
}

/** A server that ignores the filters would return everything in each part. */
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
      `${call.operation.id}: an item of ${time} came for ${name}=${limit}; the server doesn't keep to the filter, so leave concurrency out`,
    );
  };
  check(begin, first, part.begin, direction);
  check(end, last, part.end, -direction);
}
