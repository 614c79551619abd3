import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiRequests, EVSE, fakeApi } from '../../../scripts/test/fake.js';
import { serve } from '../../../scripts/test/http-server.js';
import { EvEnergy, PaginationError } from '../../index.js';
import type { ListOptions } from '../options.js';
import type { OperationRow } from '../resource/operation-row.js';
import { type Core, Resource } from '../resource/resource.js';
import type { PagePromise } from './page-promise.js';

interface Log {
  at: string;
}

/** A collection that is sorted either way, as the generated methods list one. */
class Logs extends Resource {
  list(order: 'asc' | 'desc', params: object, options: ListOptions): PagePromise<Log> {
    const row: OperationRow = {
      id: `logs-${order}`,
      method: 'GET',
      path: `/${order}`,
      public: true,
      query: 'expand',
    };
    return this._list(
      { ...row, list: 'cursor', pageSize: 10, key: 'at', order, range: 'at' },
      {},
      params,
      options,
    );
  }
}

/** Serves the microseconds as logs, in pages, with both bounds inclusive and cursors that are times. */
async function logs(
  microseconds: readonly number[],
  options: { ignoreFilters?: boolean; unsorted?: boolean } = {},
) {
  const times = [...new Set(microseconds)].sort((a, b) => a - b).map(instant);
  const server = await serve(({ path, query }) => {
    const sorted = path === '/asc' ? times : [...times].reverse();
    const [gte, lte, after] = ['at__gte', 'at__lte', 'page_after'].map((name) => query.get(name));
    const size = Number(query.get('page_size'));
    const before = (a: string, b: string) =>
      path === '/asc' ? micros(a) <= micros(b) : micros(a) >= micros(b);
    const found = sorted
      .filter(
        (time) =>
          options.ignoreFilters ||
          ((!gte || micros(time) >= micros(gte)) && (!lte || micros(time) <= micros(lte))),
      )
      .filter((time) => !after || !before(time, after));
    const page = found.slice(0, size);
    if (options.unsorted) page.splice(3, 0, ...page.splice(5, 1));
    const next = new URLSearchParams(query);
    next.set('page_after', page.at(-1) ?? '');
    const link = found.length > size ? `<?${next}>; rel="next"` : '<about:blank>; rel="next"';
    return { body: page.map((at) => ({ at })), headers: { link } };
  });
  const ev = new EvEnergy({ baseUrl: server.url });
  const { _core } = ev.evseMakes as unknown as { _core: Core };
  return { server, times, resource: new Logs(_core) };
}

const START = Date.UTC(2026, 0, 1) * 1000;

function instant(microseconds: number): string {
  const date = new Date(Math.floor((START + microseconds) / 1000)).toISOString();
  return date.replace('Z', `${String((START + microseconds) % 1000).padStart(3, '0')}Z`);
}

function micros(time: string): number {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  return Math.floor(Date.parse(time) / 1000) * 1e6 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

describe('loses nothing, doubles nothing, and keeps the order', () => {
  // Dense, sparse, with gaps, and many within one millisecond, so that seams fall everywhere.
  const steps = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 2_000_000 }) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 300 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }).map((days) => days * 86_400e6) },
  );

  test('whatever the times are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(steps, { maxLength: 300 }),
        fc.constantFrom('asc' as const, 'desc' as const),
        fc.integer({ min: 2, max: 8 }),
        fc.tuple(fc.boolean(), fc.boolean(), fc.nat(299), fc.nat(299)),
        async (gaps, order, concurrency, [lower, upper, from, to]) => {
          let time = 0;
          const { times, resource } = await logs(
            gaps.map((gap) => {
              time += gap;
              return time;
            }),
          );
          const [low, high] = [Math.min(from, to), Math.max(from, to)].map((index) => times[index]);
          const params = {
            ...(lower && low ? { at__gte: low } : {}),
            ...(upper && high ? { at__lte: high } : {}),
          };
          const plain = await resource.list(order, params, {}).toArray();
          const found = await resource.list(order, params, { concurrency }).toArray();
          expect(found).toEqual(plain);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('of the fake, at any concurrency', async () => {
    const fake = await fakeApi({ statusLogs: 3_000 });
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
    const plain = await ev.evses.statusLogs.list(EVSE).toArray();
    for (const concurrency of [2, 3, 4, 8, 64]) {
      expect(await ev.evses.statusLogs.list(EVSE, {}, { concurrency }).toArray()).toEqual(plain);
    }
  });

  test('of nothing, and of a single page', async () => {
    const { resource } = await logs([]);
    expect(await resource.list('desc', {}, { concurrency: 4 }).toArray()).toEqual([]);
    const few = await logs([1, 2, 3]);
    expect(await few.resource.list('desc', {}, { concurrency: 4 }).toArray()).toHaveLength(3);
    expect(few.server.requests).toHaveLength(1);
  });

  test('with page_size and other parameters on every request', async () => {
    const { server, resource } = await logs(Array.from({ length: 90 }, (_, index) => index * 1e6));
    const list = resource.list('desc', { page_size: 7, expand: ['a', 'b'] }, { concurrency: 3 });
    expect(await list.toArray()).toHaveLength(90);
    for (const { query } of server.requests) {
      expect(query.get('page_size')).toBe('7');
      expect(query.getAll('expand')).toEqual(['a', 'b']);
    }
  });
});

describe('work side by side', () => {
  const even = Array.from({ length: 2_000 }, (_, index) => index * 60e6);

  test('takes hardly more requests than the plain walk where items are evenly spread', async () => {
    const { server, resource } = await logs(even);
    expect(await resource.list('desc', {}, { concurrency: 4 }).toArray()).toHaveLength(2_000);
    expect(server.requests.length).toBeLessThan(200 * 1.1);
  });

  test('jumps over gaps', async () => {
    const years = [...even.slice(0, 100), ...even.slice(0, 100).map((time) => time + 10 * 365 * 86_400e6)];
    const { server, resource } = await logs(years);
    expect(await resource.list('desc', {}, { concurrency: 4 }).toArray()).toHaveLength(200);
    expect(server.requests.length).toBeLessThan(60);
  });

  test.each([
    ['a page ahead', true, 8],
    ['none ahead with readAhead: false', false, 4],
  ])('has as many requests under way as asked for, each walker %s', async (_, readAhead, limit) => {
    let [now, most] = [0, 0];
    const { resource } = await logs(even.slice(0, 600));
    const { _core } = resource as unknown as { _core: Core };
    const send = _core.send.bind(_core);
    _core.send = async (call) => {
      now += 1;
      most = Math.max(most, now);
      await sleep(5);
      return send(call).finally(() => {
        now -= 1;
      });
    };
    await resource.list('desc', {}, { concurrency: 4, readAhead }).toArray();
    expect(most).toBeGreaterThanOrEqual(4);
    expect(most).toBeLessThanOrEqual(limit);
  });

  test('holds a bounded number of pages for a reader who is slow', async () => {
    const { server, resource } = await logs(even);
    const walk = resource.list('desc', {}, { concurrency: 4 }).pages();
    for (let page = 0; page < 3; page += 1) await walk.next();
    // However long it takes on a busy machine until no walker asks for more.
    for (let before = -1; before !== server.requests.length; await sleep(500))
      before = server.requests.length;
    expect(server.requests.length).toBeLessThan(60);
    await walk.return();
  });
});

describe('ends', () => {
  test('with the loop: all walkers stop', async () => {
    const fake = await fakeApi({ statusLogs: 5_000, latency: 20 });
    let sent = 0;
    const onRequest = () => {
      sent += 1;
    };
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token, onRequest });
    let items = 0;
    for await (const _ of ev.evses.statusLogs.list(EVSE, {}, { concurrency: 4 })) {
      items += 1;
      if (items === 250) break;
    }
    const before = sent;
    expect(before).toBeGreaterThan(0);
    await sleep(100);
    expect(sent).toBe(before);
  });

  test('with the first error, after the items before it; the other walkers stop', async () => {
    const even = Array.from({ length: 2_000 }, (_, index) => index * 60e6);
    const { server, times, resource } = await logs(even);
    const { _core } = resource as unknown as { _core: Core };
    const send = _core.send.bind(_core);
    let calls = 0;
    _core.send = (call) => {
      calls += 1;
      return calls === 20 ? Promise.reject(new Error('broken')) : send(call);
    };
    const found: string[] = [];
    const run = async () => {
      for await (const { at } of resource.list('desc', {}, { concurrency: 4 })) found.push(at);
    };
    await expect(run()).rejects.toThrow('broken');
    expect(found).toEqual([...times].reverse().slice(0, found.length));
    await sleep(50);
    const before = server.requests.length;
    await sleep(100);
    expect(server.requests).toHaveLength(before);
  });

  test('with the signal of the caller', async () => {
    const fake = await fakeApi({ statusLogs: 5_000, latency: 20 });
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
    const signal = AbortSignal.timeout(100);
    const list = ev.evses.statusLogs.list(EVSE, {}, { concurrency: 4, signal });
    await expect(list.toArray()).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('with the signal, whatever has come already', async () => {
    const { server, resource } = await logs(Array.from({ length: 1_000 }, (_, index) => index * 60e6));
    const controller = new AbortController();
    const walk = resource.list('desc', {}, { concurrency: 4, signal: controller.signal }).pages();
    await walk.next();
    // Until the walkers ask for no more, and many pages wait to be read.
    for (let before = -1; before !== server.requests.length; await sleep(200))
      before = server.requests.length;
    expect(server.requests.length).toBeGreaterThan(10);
    controller.abort(new Error('enough'));
    await expect(walk.next()).rejects.toThrow('enough');
  });

  test('within the quota: the reserve stays unspent', async () => {
    const fake = await fakeApi({ statusLogs: 5_000, rateLimit: 30 });
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token, quota: { reserve: 10 } });
    const list = ev.evses.statusLogs.list(EVSE, {}, { concurrency: 8 });
    await expect(list.toArray()).rejects.toMatchObject({ name: 'QuotaReserveError' });
    expect(apiRequests(fake)).toHaveLength(20);
  });

  test('at the limit of toArray', async () => {
    const { server, resource } = await logs(Array.from({ length: 2_000 }, (_, index) => index * 60e6));
    expect(await resource.list('desc', {}, { concurrency: 4 }).toArray({ limit: 15 })).toHaveLength(15);
    expect(server.requests.length).toBeLessThan(40);
  });
});

describe('refuses', () => {
  test('a collection that cannot be split', async () => {
    const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:9' });
    await expect(ev.evseMakes.list({}, { concurrency: 2 }).toArray()).rejects.toThrow(
      /^concurrency: get-evse_makes can't be split/,
    );
  });

  test.each([
    [{ page_after: '2026-01-01T00:00:00Z' }, /^concurrency: can't be used with page_after/],
    [{ at__gte: 'yesterday' }, /^at__gte: 'yesterday' is not a time/],
  ])('%o', async (params, message) => {
    const { resource } = await logs([1]);
    await expect(resource.list('desc', params, { concurrency: 2 }).toArray()).rejects.toThrow(message);
  });

  test.each([{ unsorted: true }, { unsorted: true, ignoreFilters: true }])(
    'a server that does not keep to the order: %o',
    async (options) => {
      const { resource } = await logs(
        Array.from({ length: 200 }, (_, index) => index * 60e6),
        options,
      );
      const list = resource.list('asc', {}, { concurrency: 2 });
      await expect(list.toArray()).rejects.toThrow("the server doesn't sort by it, so leave concurrency out");
      await expect(list.toArray()).rejects.toThrow(PaginationError);
    },
  );

  test('a server whose items lack the time', async () => {
    const server = await serve(() => ({ body: [{ at: null }] }));
    const { _core } = new EvEnergy({ baseUrl: server.url }).evseMakes as unknown as { _core: Core };
    const list = new Logs(_core).list('asc', {}, { concurrency: 2 });
    await expect(list.toArray()).rejects.toThrow(PaginationError);
  });

  test('a server that does not keep to the filters', async () => {
    const { resource } = await logs(
      Array.from({ length: 200 }, (_, index) => index * 60e6),
      { ignoreFilters: true },
    );
    await expect(resource.list('desc', {}, { concurrency: 2 }).toArray()).rejects.toThrow(PaginationError);
  });
});
