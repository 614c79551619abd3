import {
  type CheckOptions,
  type CheckResult,
  check,
  contractOf,
  loadContract,
  rules,
} from '../src/contract/index.js';
import { inProcess } from '../src/contract/targets/fake.js';
import { type OpenApiDocument, PAGE_AFTER, PAGE_BEFORE, PAGE_SIZE } from '../src/document/index.js';
import {
  createFake,
  type Fake,
  type FakeOptions,
  type FakeResponse,
  type PageOf,
  Problem,
  type Resource,
  type TamperContext,
} from '../src/testing/index.js';
import { EVSES, LARGEST_PAGE, SMALL_PAGES } from './fixtures/evses.js';
import { SEED_PAGE } from './fixtures/seed-page.js';

/** A body as tests change it: whatever the fake answers with. */
// biome-ignore lint/suspicious/noExplicitAny: a regression reaches into any answer
export type Body = any;

/** How a fake differs from the API, and what of the run is special. */
export interface Change
  extends Pick<FakeOptions, 'behaviours' | 'tamper' | 'rateLimit' | 'data' | 'statusLogs'> {
  /** Default: the part of the vendored one. */
  document?: OpenApiDocument;
  /** Ids of the operations that are checked. Default: a few of the part, all of another one. */
  operations?: readonly string[];
  prepare?: (fake: Fake) => void;
  exhaust?: boolean;
}

export { rules };

/** Of a part of the vendored document, as most runs need no more. */
export const contract = await loadContract(EVSES);

/** A public collection, its items, and a collection of logs: of all kinds, and few, so that a run is short. */
export const few = contract.operations.filter(({ id }) => SEED_PAGE.includes(id));

/** Of the EVSE that has the most: two pages of the largest size, as each run reads them again and again. */
export const LOGS = 120;

/** The part with pages of a fifth of the size: they tell the same, and a run reads page after page. */
const smallPages = await loadContract(SMALL_PAGES);

/** Checks a fake with a change: those few operations of the part, or all of another one. */
export async function checkChanged(
  change: Change,
  options: Partial<CheckOptions> = {},
): Promise<CheckResult> {
  const { prepare, exhaust = false, document, operations: ids, ...fakeOptions } = change;
  // Operations that are given are those of the whole part.
  const part = options.operations ? contract : smallPages;
  const held = document ? contractOf(document) : (options.contract ?? part);
  const sizes = document || fakeOptions.data ? {} : { statusLogs: LARGEST_PAGE + 4 };
  const fake = await createFake({ document: held.document, record: false, ...sizes, ...fakeOptions });
  prepare?.(fake);
  try {
    const chosen = ids ?? (document ? undefined : SEED_PAGE);
    const operations = held.operations.filter(({ id }) => chosen?.includes(id) ?? true);
    const target = inProcess(fake, held);
    return await check({ contract: held, rules, target, operations, exhaust, ...options });
  } finally {
    await fake.close();
  }
}

type Where = (context: TamperContext) => boolean;

/** Changes answers of the API. */
export function answers(
  change: (response: FakeResponse, context: TamperContext) => void,
  where: Where = () => true,
): Change {
  return {
    tamper(response, context) {
      if (context.endpoint === 'api' && where(context)) change(response, context);
    },
  };
}

/** Changes the bodies of successes. */
export function successes(change: (body: Body, context: TamperContext) => Body, where?: Where): Change {
  return answers((response, context) => {
    if (response.status === 200) response.body = change(response.body, context) ?? response.body;
  }, where);
}

/** Changes each object that a success shows, with its position in the list. */
export function items(
  change: (item: Body, index: number, context: TamperContext) => void,
  where?: Where,
): Change {
  return successes((body, context) => {
    [body].flat().forEach((item, index) => {
      change(item, index, context);
    });
    return body;
  }, where);
}

/** Changes one object in some answers. */
export function oneItemOf(
  where: Where,
  chosen: (item: Body) => boolean,
  change: (item: Body) => void,
): Change {
  return items((item) => {
    if (chosen(item)) change(item);
  }, where);
}

/** Changes one object, wherever it is shown. */
export function oneItem(chosen: (item: Body) => boolean, change: (item: Body) => void): Change {
  return items((item) => {
    if (chosen(item)) change(item);
  });
}

/** Changes answers with an error status. */
export function errors(
  change: (response: FakeResponse, context: TamperContext) => void,
  status?: number,
): Change {
  return answers((response, context) => {
    if (response.status >= 400 && (status === undefined || response.status === status))
      change(response, context);
  });
}

/** Sets a header of answers, or takes it away. */
export function header(
  name: string,
  value: string | undefined | ((current: string, context: TamperContext) => string | undefined),
  where?: Where,
): Change {
  return answers((response, context) => {
    const current = String(response.headers[name] ?? '');
    const next = typeof value === 'function' ? value(current, context) : value;
    if (next === undefined) delete response.headers[name];
    else response.headers[name] = next;
  }, where);
}

/** Gives the answers to a POST a Location. */
export function createdAt(location: (id: string) => string): Change {
  return answers(({ status, headers, body }) => {
    if (status === 201) headers.Location = location((body as Body).id);
  });
}

/** Changes Link headers that are there. */
export function link(change: (current: string, context: TamperContext) => string | undefined): Change {
  return header('Link', (current, context) => (current === '' ? undefined : change(current, context)));
}

/** Requests for an operation whose path has this end. */
export function to(end: string): Where {
  return ({ call }) => call?.operation.path.endsWith(end) ?? false;
}

/** Requests with a query parameter. */
export function having(name: string): Where {
  return ({ request }) => request.url.searchParams.has(name);
}

/** Bounds of a page among the items of a collection; its cursors are those of the items at its edges. */
type Bounds = readonly [start: number, end: number];

export interface Asked {
  /** Index behind the item of `page_after`. */
  after: number | undefined;
  /** Index of the item of `page_before`. */
  before: number | undefined;
  size: number;
  total: number;
  /** The size was asked for. */
  sized: boolean;
}

/** Cuts pages in another way, where it gives bounds. */
export function cutting(bounds: (asked: Asked) => Bounds | undefined): Change {
  return {
    behaviours: {
      paginate: (paginate) => (all, collection, call) => {
        const original = paginate(all, collection, call);
        const { key } = collection.table;
        const index = (cursor: unknown) => all.findIndex((item) => item[key] === cursor);
        const { [PAGE_AFTER]: after, [PAGE_BEFORE]: before, [PAGE_SIZE]: size } = call.query;
        const changed = bounds({
          after: after === undefined ? undefined : index(after) + 1,
          before: before === undefined ? undefined : index(before),
          size: Number(size ?? 25),
          sized: size !== undefined,
          total: all.length,
        });
        if (!changed) return original;
        const [start, end] = [Math.max(0, changed[0]), Math.max(0, changed[1])];
        const page = all.slice(start, end);
        const [first, last] = [page[0], page.at(-1)];
        return {
          items: page,
          ...(first && start > 0 ? { previous: { [PAGE_BEFORE]: String(first[key]) } } : {}),
          ...(last && end < all.length ? { next: { [PAGE_AFTER]: String(last[key]) } } : {}),
        };
      },
    },
  };
}

/** Changes pages after they were cut. */
export function pages(change: (page: PageOf<Resource>, asked: Body) => PageOf<Resource>): Change {
  return {
    behaviours: {
      paginate: (paginate) => (all, collection, call) => change(paginate(all, collection, call), call.query),
    },
  };
}

/** Shows another numbered page than was asked for. */
export function numbered(other: (page: number) => number): Change {
  return {
    behaviours: {
      paginate: (paginate) => (all, collection, call) => {
        const page = Number(call.query.page ?? 1);
        const size = Number(call.query.page_size ?? 5);
        const original = paginate(all, collection, call);
        const start = Math.max(0, other(page) - 1) * size;
        return { ...original, items: all.slice(start, start + size) };
      },
    },
  };
}

/** Filters with another query than was sent. */
export function filtering(change: (query: Body) => void): Change {
  return {
    behaviours: {
      filter: (filter) => (all, collection, call) => {
        const query = { ...call.query };
        change(query);
        return filter(all, collection, { ...call, query });
      },
    },
  };
}

/** Selects further among what a range has selected. */
export function selecting(keep: (item: Body, query: Body) => boolean): Change {
  return {
    behaviours: {
      filter: (filter) => (all, collection, call) =>
        filter(all, collection, call).filter((item) => keep(item, call.query)),
    },
  };
}

/** Keeps times in milliseconds, which two logs then share, and writes them with six digits. */
export function inMilliseconds(change: Change = {}): Change {
  const kept = (value: Body) => JSON.parse(JSON.stringify(value).replace(/(\.\d{3})\d{3}Z/g, '$1000Z'));
  return {
    ...change,
    behaviours: {
      ...change.behaviours,
      filter: (filter) => (all, collection, call) =>
        filter(kept(all), collection, { ...call, query: kept(call.query) }),
    },
  };
}

/** Expands other paths than were asked for. */
export function expanding(change: (paths: string[]) => string[]): Change {
  return {
    behaviours: {
      expand: (expand) => (resource, call) => {
        const asked = call.query.expand;
        return expand(resource, {
          ...call,
          query: { ...call.query, expand: change(Array.isArray(asked) ? asked : []) },
        });
      },
    },
  };
}

/** Goes on showing what was deleted. */
export function remembering(show: (body: Body, gone: Body) => void, where: Where): Change {
  let gone: Body;
  return {
    behaviours: {
      remove: (remove) => (call) => {
        gone = { ...call.world.behaviours.find(call).item };
        return remove(call);
      },
    },
    ...successes((body) => {
      if (gone) show(body, gone);
    }, where),
  };
}

/** Overlooks a parameter whose value is wrong, or takes another value for it. */
export function overlooking(name: string, isWrong: (value: string) => boolean, instead?: string): Change {
  return {
    behaviours: {
      readParameters: (read) => (call) => {
        const url = new URL(call.request.url);
        if (isWrong(url.searchParams.get(name) ?? '')) {
          if (instead === undefined) url.searchParams.delete(name);
          else url.searchParams.set(name, instead);
        }
        return read({ ...call, request: { ...call.request, url } });
      },
    },
  };
}

/** Refuses some requests. */
export function asking(isRefused: (request: TamperContext['request']) => boolean, status: number): Change {
  return {
    behaviours: {
      route: (route) => (request, router) => {
        if (isRefused(request)) throw new Problem(status, 'No', 'Not like that.');
        return route(request, router);
      },
    },
  };
}

/** Uses up a small rate limit. */
export function exhausting(change: Change): Change {
  return { ...change, exhaust: true, rateLimit: 40 };
}

/** Changes that depend on how often something has happened, made anew for each run. */
export function counting(make: () => Change): Change {
  let current = make();
  return {
    prepare() {
      current = make();
    },
    tamper: (response, context) => current.tamper?.(response, context),
  };
}

/** A JSON value with the members of its objects in reverse order. */
export function shuffled(value: Body): Body {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, shuffled(member)]),
  );
}
