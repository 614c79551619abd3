import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { apiRequests, EVSE, fakeApi } from '../../../scripts/test/fake.js';
import { type Reply, serve } from '../../../scripts/test/http-server.js';
import { EvEnergy, type Page, PaginationError } from '../../index.js';

type Item = { id: string };

/** A collection of so many pages of two items, and a client of it. */
async function pages(count: number, reply: Partial<Reply> & { link?: (page: number) => string } = {}) {
  const link = (page: number) =>
    page < count
      ? `<https://api.ev.energy/v2/x?page_size=2&page_after=${page}>; rel="next"`
      : '<about:blank>; rel="next"';
  const server = await serve(({ query }) => {
    const page = Number(query.get('page_after') ?? 0) + 1;
    const body = [{ id: `${page}a` }, { id: `${page}b` }];
    return { body, ...reply, headers: { link: (reply.link ?? link)(page) } };
  });
  const ev = new EvEnergy({ baseUrl: server.url, accessToken: 'secret-token' });
  return { server, ev, list: (...args: Parameters<typeof ev.evseMakes.list>) => ev.evseMakes.list(...args) };
}

const ids = (items: readonly Item[]) => items.map(({ id }) => id);

describe('await', () => {
  test('gives the first page, and no request before it', async () => {
    const { server, list } = await pages(2);
    const promise = list();
    await sleep(20);
    expect(server.requests).toHaveLength(0);
    const page = await promise;
    expect(ids(page.data)).toEqual(['1a', '1b']);
    expect(page.response.status).toBe(200);
    expect(page.hasNext).toBe(true);
    expect(page.hasPrevious).toBe(false);
    await promise;
    expect(server.requests).toHaveLength(1);
  });

  test('gives a page that shows its items alone where it is logged or written as JSON', async () => {
    const page = await (await pages(2)).list();
    expect(JSON.parse(JSON.stringify(page))).toEqual({ data: page.data });
    expect(inspect(page)).toMatch(/^Page \{\s+data: \[.*\]\s+\}$/s);
  });

  test('goes on with next() and back with previous()', async () => {
    const fake = await fakeApi();
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
    const first = await ev.evses.statusLogs.list(EVSE, { page_size: 7 });
    const second = await first.next();
    expect(second.hasPrevious).toBe(true);
    expect(second.data[0]?.sampled_at).not.toBe(first.data[0]?.sampled_at);
    expect((await second.previous()).data).toEqual(first.data);
  });

  test('has no page behind the last', async () => {
    const { list } = await pages(1);
    const page = await list();
    expect(page.hasNext).toBe(false);
    await expect(page.next()).rejects.toThrow('there is no next page');
  });
});

describe('page_size', () => {
  test("is the document's maximum, unless it is given", async () => {
    const { server, list } = await pages(1);
    await list();
    await list({ page_size: 10 });
    expect(server.requests.map(({ query }) => query.get('page_size'))).toEqual(['100', '10']);
  });

  test('makes 10,000 items cost 100 requests', async () => {
    const fake = await fakeApi({ statusLogs: 10_000 });
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
    const logs = await ev.evses.statusLogs.list(EVSE).toArray();
    expect(logs).toHaveLength(10_000);
    expect(apiRequests(fake)).toHaveLength(100);
  });
});

describe('a walk', () => {
  test('gives all items in order', async () => {
    const { list } = await pages(3);
    const found: string[] = [];
    for await (const { id } of list()) found.push(id);
    expect(found).toEqual(['1a', '1b', '2a', '2b', '3a', '3b']);
  });

  test('gives all pages', async () => {
    const { list } = await pages(3);
    const found: string[][] = [];
    for await (const page of list().pages()) found.push(ids(page.data));
    expect(found).toEqual([
      ['1a', '1b'],
      ['2a', '2b'],
      ['3a', '3b'],
    ]);
  });

  test('sends header parameters and headers with every page', async () => {
    const { server, list } = await pages(2);
    await list({ 'EvEnergy-User': 'user1' }, { headers: { 'X-Trace': 't' } }).toArray();
    for (const { headers } of server.requests)
      expect(headers).toMatchObject({ 'evenergy-user': 'user1', 'x-trace': 't' });
    expect(server.requests).toHaveLength(2);
  });

  test('ends where there is no Link header', async () => {
    const server = await serve(() => ({ body: [{ id: 'a' }] }));
    const ev = new EvEnergy({ baseUrl: server.url });
    expect(await ev.evseMakes.list().toArray()).toHaveLength(1);
  });

  test('follows page numbers', async () => {
    const server = await serve(({ query }) => {
      const page = Number(query.get('page') ?? 1);
      return { body: [{ id: page }], headers: { link: page < 3 ? `<?page=${page + 1}>; rel="next"` : '' } };
    });
    const ev = new EvEnergy({ baseUrl: server.url });
    expect(await ev.evseMakes.list().toArray()).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  test('reads no object as a page', async () => {
    const server = await serve(() => ({ body: { results: [] } }));
    const ev = new EvEnergy({ baseUrl: server.url });
    await expect(ev.evseMakes.list()).rejects.toThrow('not a JSON array');
  });
});

describe('the pages of a walk', () => {
  test.each([true, false])(
    'turn after the loop was left, and after its end (readAhead: %s)',
    async (readAhead) => {
      const fake = await fakeApi({ statusLogs: 30 });
      const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
      const list = ev.evses.statusLogs.list(EVSE, { page_size: 10 }, { readAhead });
      const all = await list.toArray();
      for await (const page of list.pages()) {
        if (!page.hasPrevious) continue;
        for (const turned of [page, await (await page.next()).previous()]) {
          expect(turned.data).toEqual(all.slice(10, 20));
        }
        break;
      }
      const found: Page<unknown>[] = [];
      for await (const page of list.pages()) found.push(page);
      expect((await found[2]?.previous())?.data).toEqual(all.slice(10, 20));
      expect((await found[1]?.next())?.data).toEqual(all.slice(20));
    },
  );

  test('keep the signal of the caller', async () => {
    const { server, list } = await pages(4);
    const controller = new AbortController();
    const found: Page<unknown>[] = [];
    for await (const page of list({}, { signal: controller.signal }).pages()) found.push(page);
    await found[1]?.next();
    controller.abort(new Error('enough'));
    await expect(found[1]?.next()).rejects.toThrow('enough');
    expect(server.requests).toHaveLength(5);
  });
});

describe('toArray', () => {
  test('asks for no more pages than its limit takes', async () => {
    const { server, list } = await pages(9);
    expect(ids(await list({ page_size: 2 }).toArray({ limit: 3 }))).toEqual(['1a', '1b', '2a']);
    expect(server.requests).toHaveLength(2);
    expect(await list().toArray({ limit: 0 })).toEqual([]);
    expect(server.requests).toHaveLength(2);
  });

  test('takes a page of any length', async () => {
    const server = await serve(() => ({ body: Array(200_000).fill(1) }));
    const ev = new EvEnergy({ baseUrl: server.url });
    expect(await ev.evseMakes.list().toArray()).toHaveLength(200_000);
  });

  test('asks for pages no larger than its limit', async () => {
    const { server, list } = await pages(9);
    await list().toArray({ limit: 2 });
    expect(server.requests.map(({ query }) => query.get('page_size'))).toEqual(['2']);
  });

  test.each([-1, Number.NaN, null as never, '5' as never])('refuses %s', async (limit) => {
    const { list } = await pages(1);
    await expect(list().toArray({ limit })).rejects.toThrow(/^limit: /);
  });

  test('refuses an option that is misspelt', async () => {
    const { list } = await pages(1);
    const options: object = { limt: 1 };
    await expect(list().toArray(options)).rejects.toThrow(
      'limt: there is no such option; did you mean limit?',
    );
  });
});

describe('reading ahead', () => {
  test('asks for the next page while one is read, and for one only', async () => {
    const { server, list } = await pages(4);
    const walk = list().pages();
    await walk.next();
    await sleep(50);
    expect(server.requests).toHaveLength(2);
    await walk.next();
    await sleep(50);
    expect(server.requests).toHaveLength(3);
    await walk.return();
  });

  test('starts as soon as a page is there, before it has been read', async () => {
    const { server, list } = await pages(4);
    const walk = list().pages();
    await walk.next();
    await expect.poll(() => server.requests).toHaveLength(2);
    await walk.return();
  });

  test('is off with readAhead: false', async () => {
    const { server, list } = await pages(4);
    const walk = list({}, { readAhead: false }).pages();
    await walk.next();
    await sleep(50);
    expect(server.requests).toHaveLength(1);
    await walk.return();
  });

  test('is aborted when the loop ends early', async () => {
    const slow = await pages(4, { delay: 200 });
    for await (const _ of slow.list()) {
      await sleep(50);
      break;
    }
    await sleep(50);
    expect(slow.server.requests).toHaveLength(2);
    expect(slow.server.aborted).toHaveLength(1);
  });

  test('fails only after the items before it are read', async () => {
    const server = await serve(({ query }) =>
      query.has('page_after')
        ? { status: 404 }
        : { body: [{ id: 'a' }], headers: { link: '<?page_after=x>; rel="next"' } },
    );
    const ev = new EvEnergy({ baseUrl: server.url });
    const found: string[] = [];
    const walk = async () => {
      for await (const { id } of ev.evseMakes.list()) {
        await sleep(30);
        found.push(id);
      }
    };
    await expect(walk()).rejects.toMatchObject({ status: 404 });
    expect(found).toEqual(['a']);
  });

  test('leaves nothing behind on the signal of the caller, which ends the walk', async () => {
    const { list } = await pages(4);
    const controller = new AbortController();
    const walk = list({}, { signal: controller.signal });
    const found: string[] = [];
    const run = async () => {
      for await (const { id } of walk) {
        found.push(id);
        if (found.length === 2) controller.abort(new Error('enough'));
      }
    };
    await expect(run()).rejects.toThrow('enough');
    expect(found).toEqual(['1a', '1b']);
  });
});

describe('a signal', () => {
  test('ends the walk before a page that has come already', async () => {
    const { server, list } = await pages(2);
    const controller = new AbortController();
    const walk = list({}, { signal: controller.signal }).pages();
    await walk.next();
    while (server.requests.length < 2) await sleep(5);
    await sleep(50);
    controller.abort(new Error('enough'));
    await expect(walk.next()).rejects.toThrow('enough');
  });
});

describe('a link', () => {
  test("to one of the document's servers is followed on the own one, and the token goes nowhere else", async () => {
    const { server, list } = await pages(3);
    await list().toArray();
    expect(server.requests.map(({ path }) => path)).toEqual(['/evse_makes', '/evse_makes', '/evse_makes']);
    for (const { headers } of server.requests) expect(headers.authorization).toBe('Bearer secret-token');
  });

  test('to a foreign server raises PaginationError, and that server gets no request', async () => {
    const foreign = await serve(() => ({ body: [] }));
    const { server, list } = await pages(3, {
      link: () => `<${foreign.url}/evse_makes?page_after=1>; rel="next"`,
    });
    await expect(list().toArray()).rejects.toThrow(PaginationError);
    const page = await list();
    expect(() => page.hasNext).toThrow(PaginationError);
    await expect(page.next()).rejects.toThrow(PaginationError);
    expect(foreign.requests).toHaveLength(0);
    expect(server.requests).toHaveLength(2);
  });

  test.each([
    ['the same page again', () => '<?page_after=1>; rel="next"'],
    ['a page before', (page: number) => `<?page_after=${page === 3 ? 1 : page}>; rel="next"`],
    ['no page', () => '<?page_size=2>; rel="next"'],
    ['nowhere, unreadably', () => 'page_after=1; rel="next"'],
  ])('that leads to %s raises PaginationError', async (_, link) => {
    const { server, list } = await pages(9, { link });
    await expect(list().toArray()).rejects.toThrow(PaginationError);
    expect(server.requests.length).toBeLessThan(5);
  });

  test('that leads to its own page is not turned to again and again', async () => {
    const { server, list } = await pages(9, { link: () => '<?page_after=1>; rel="next"' });
    const turn = async () => {
      for (let page = await list(); page.hasNext; ) page = await page.next();
    };
    await expect(turn()).rejects.toThrow('the link to the next page leads to the same page');
    expect(server.requests).toHaveLength(2);
  });

  test('that cannot be followed does no harm where no more is wanted', async () => {
    const { list } = await pages(9, { link: () => 'nonsense' });
    expect((await list()).data).toHaveLength(2);
    expect(await list().toArray({ limit: 2 })).toHaveLength(2);
  });
});
