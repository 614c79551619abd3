import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serve } from '../../../scripts/test/http-server.js';
import { EvEnergy, type Page, PaginationError } from '../../index.js';
import type { ListOptions } from '../options.js';
import type { OperationRow } from '../resource/operation-row.js';
import { type Core, Resource } from '../resource/resource.js';
import type { PagePromise } from './page-promise.js';

interface Log {
  at: string;
  id: number;
}

class Logs extends Resource {
  list(params: object, options: ListOptions): PagePromise<Log> {
    const row: OperationRow = { id: 'logs', method: 'GET', path: '/logs', public: true, query: 'expand' };
    return this._list(
      { ...row, list: 'cursor', pageSize: 100, key: 'at', order: 'desc', range: 'at' },
      {},
      params,
      options,
    );
  }
}

const START = Date.UTC(2026, 0, 1);

/** Serves groups of so many logs of one time, newest first; the cursors are times, or places in what is found. */
async function groups(
  kind: 'time' | 'index',
  sizes: readonly number[],
  gap: (index: number) => number = () => 60_000,
) {
  let time = START;
  const all = sizes
    .flatMap((size, index) => {
      time += gap(index);
      return Array.from({ length: size }, () => new Date(time).toISOString());
    })
    .map((at, id) => ({ at, id }))
    .reverse();
  const server = await serve(({ query }, count) => {
    const [gte, lte] = [query.get('at__gte') ?? '', query.get('at__lte') ?? '9'];
    const found = all.filter(({ at }) => at >= gte && at <= lte);
    const after = query.get('page_after');
    const first = kind === 'index' ? Number(after ?? 0) : found.findIndex(({ at }) => !after || at < after);
    const begin = first < 0 ? found.length : first;
    const end = begin + Number(query.get('page_size'));
    const page = found.slice(begin, end);
    const link = (name: string, value: unknown) => {
      const target = new URLSearchParams(query);
      target.delete('page_after');
      if (value !== undefined) target.set(name, String(value));
      return `<?${target}>`;
    };
    const size = Number(query.get('page_size'));
    const next =
      end < found.length ? link('page_after', kind === 'index' ? end : page.at(-1)?.at) : '<about:blank>';
    const previous =
      kind === 'index' && begin > 0
        ? link('page_after', begin > size ? begin - size : undefined)
        : '<about:blank>';
    const body = query.has('expand') ? page.map((log) => ({ ...log, expanded: { count } })) : page;
    return { body, headers: { link: `${previous}; rel="previous", ${next}; rel="next"` } };
  });
  const ev = new EvEnergy({ baseUrl: server.url });
  const { _core } = ev.evseMakes as unknown as { _core: Core };
  const list = (params: object, options: ListOptions) => new Logs(_core).list(params, options);
  return { server, all, list };
}

const ids = (items: readonly Log[]) => items.map(({ id }) => id);
const many = (count: number, size: number) => Array.from({ length: count }, () => size);

describe('items of equal time', () => {
  test.each([
    ['pairs', 'time', many(1_000, 2)],
    ['pairs', 'index', many(1_000, 2)],
    ['triples', 'index', many(667, 3)],
    ['groups larger than a page', 'index', many(8, 250)],
    ['groups of all sizes', 'index', Array.from({ length: 120 }, (_, index) => 1 + ((index * 7) % 30))],
    ['a group as large as a page', 'time', many(10, 100)],
  ] as const)('in %s, with cursors that are a(n) %s, come as without concurrency', async (_, kind, sizes) => {
    const { all, list } = await groups(kind, sizes);
    expect(ids(await list({}, {}).toArray())).toEqual(ids(all));
    for (const concurrency of [2, 3, 4, 8])
      expect(ids(await list({}, { concurrency }).toArray())).toEqual(ids(all));
  });

  test.each([
    ['triples', many(667, 3)],
    ['groups of all sizes', Array.from({ length: 120 }, (_, index) => 1 + ((index * 7) % 30))],
  ])('in %s come even where a cursor that is a time leads past them', async (_, sizes) => {
    const { all, list } = await groups('time', sizes);
    expect((await list({}, {}).toArray()).length).toBeLessThan(all.length);
    for (const concurrency of [2, 4])
      expect(ids(await list({}, { concurrency }).toArray())).toEqual(ids(all));
  });

  test('come once each although what is expanded in them changes from request to request', async () => {
    const { all, list } = await groups('index', many(1_000, 2));
    expect(ids(await list({ expand: 'expanded' }, { concurrency: 4 }).toArray())).toEqual(ids(all));
  });

  test('cost few requests more', async () => {
    const { server, list } = await groups('time', many(1_000, 2));
    await list({}, { concurrency: 4 }).toArray();
    expect(server.requests.length).toBeLessThan(32);
  });

  test('that no page holds and no cursor reaches raise PaginationError', async () => {
    const { list } = await groups('time', [...many(300, 2), 101, ...many(300, 2)]);
    for (const concurrency of [2, 4]) {
      const walk = list({}, { concurrency }).toArray();
      await expect(walk).rejects.toThrow(PaginationError);
      await expect(walk).rejects.toThrow(/more items than a page holds have the at 2026-.* page_size/);
    }
  });

  test('wherever the seams fall', async () => {
    const steps = fc.record({
      size: fc.oneof(
        { weight: 3, arbitrary: fc.constant(1) },
        { weight: 2, arbitrary: fc.integer({ min: 2, max: 25 }) },
      ),
      gap: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 10_000_000 })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(steps, { maxLength: 100 }),
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1, max: 10 }),
        async (found, concurrency, page_size) => {
          const { all, list } = await groups(
            'index',
            found.map(({ size }) => size),
            (index) => found[index]?.gap ?? 1,
          );
          expect(ids(await list({ page_size }, { concurrency }).toArray())).toEqual(ids(all));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the pages of a backfill', () => {
  test.each(['time', 'index'] as const)('turn, also after its end (cursor: %s)', async (kind) => {
    const { all, list } = await groups(kind, many(1_000, 1));
    const found: Page<Log>[] = [];
    let inside: Page<Log> | undefined;
    for await (const page of list({}, { concurrency: 4 }).pages()) {
      found.push(page);
      if (found.length === 3) inside = await page.next();
    }
    expect(inside?.data[0]).toEqual(found[3]?.data[0]);
    expect(found.flatMap(({ data }) => ids(data))).toEqual(ids(all));
    for (const page of found) expect(page.data.length).toBeGreaterThan(0);
    expect(found.map(({ hasNext }) => hasNext)).toEqual(found.map((_, index) => index < found.length - 1));
    for (const [index, page] of found.entries()) {
      if (index < found.length - 1) expect((await page.next()).data[0]).toEqual(found[index + 1]?.data[0]);
      else await expect(page.next()).rejects.toThrow('there is no next page');
    }
  });

  test.each([1, 2])('lead from any to the end, in groups of %i', async (size) => {
    const { all, list } = await groups('index', many(1_000 / size, size));
    const found: Page<Log>[] = [];
    for await (const page of list({}, { concurrency: 4 }).pages()) found.push(page);
    let before = 0;
    for (const start of found) {
      const rest = [...start.data];
      for (let page = start; page.hasNext; rest.push(...page.data)) page = await page.next();
      expect(ids(rest)).toEqual(ids(all).slice(before));
      before += start.data.length;
    }
  });

  test('lead back within their part', async () => {
    const { list } = await groups('index', many(1_000, 1));
    const found: Page<Log>[] = [];
    for await (const page of list({ page_size: 10 }, { concurrency: 2 }).pages()) found.push(page);
    const later = found.filter(({ hasPrevious }) => hasPrevious);
    expect(later.length).toBeGreaterThan(10);
    for (const page of later) {
      const previous = await page.previous();
      expect(previous.data.at(-1)).toEqual(found[found.indexOf(page) - 1]?.data.at(-1));
      expect((await previous.next()).data[0]).toEqual(page.data[0]);
    }
  });

  test('are one for an empty collection, and none is empty for another', async () => {
    const empty = await groups('time', []);
    const found: Page<Log>[] = [];
    for await (const page of empty.list({}, { concurrency: 4 }).pages()) found.push(page);
    expect(found.map(({ data, hasNext }) => [data, hasNext])).toEqual([[[], false]]);
    const { list } = await groups('time', [...many(50, 1), ...many(300, 1)], (index) =>
      index === 50 ? 9e9 : 60_000,
    );
    const params = { at__gte: '2020-01-01T00:00:00Z', at__lte: '2030-01-01T00:00:00Z' };
    const lengths: number[] = [];
    for await (const { data } of list(params, { concurrency: 4 }).pages()) lengths.push(data.length);
    expect(lengths).not.toContain(0);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(350);
  });
});
