import { afterEach, expect, test } from 'vitest';
import { request } from '../../../scripts/test/http.js';
import { type Fake, type FakeOptions, startFake } from '../index.js';
import type { Overrides } from '../world.js';

let fake: Fake;
afterEach(() => fake.close());

const LOGS = '/evses/evse01HSH04KDEWF6Z4DB2J77J74K5/status_logs';

async function start(options: FakeOptions) {
  fake = await startFake(options);
  return (path: string, token: string | undefined = fake.token) =>
    request(`${fake.url}${path}`, token ? { token } : {});
}

test('a behaviour can be replaced', async () => {
  const get = await start({ behaviours: { filter: () => (items) => items } });
  expect((await get(`${LOGS}?sampled_at__gte=2030-01-01T00:00:00Z`)).body).toHaveLength(25);
});

test('a replacement can use what it replaces', async () => {
  const short: Overrides = {
    paginate: (paginate) => (items, collection, call) => {
      const page = paginate(items, collection, call);
      return { ...page, items: page.items.slice(0, -1) };
    },
  };
  const get = await start({ behaviours: short });
  expect((await get(`${LOGS}?page_size=10`)).body).toHaveLength(9);
});

test('behaviours can change while the fake runs, and change back', async () => {
  const get = await start({});
  const undo = fake.override({ requireToken: () => () => {} });
  expect((await get(LOGS, '')).status).toBe(200);
  undo();
  expect((await get(LOGS, '')).status).toBe(401);
});

test('an unknown behaviour is refused with the names of those there are', async () => {
  fake = await startFake();
  expect(() => fake.override({ sort: () => () => {} } as Overrides)).toThrow(/no behaviour 'sort'.*paginate/);
  await expect(startFake({ behaviours: { sort: 1 } as Overrides })).rejects.toThrow("no behaviour 'sort'");
});

test('answers can be tampered with, of one operation or of all', async () => {
  const get = await start({
    tamper: (response, { call, endpoint }) => {
      if (endpoint !== 'api') return;
      delete response.headers['X-RateLimit-Remaining'];
      if (call?.operation.paging?.cursorKind === 'timestamp') response.body = '<html>';
    },
  });
  const makes = await get('/evse_makes');
  expect(makes.headers.has('x-ratelimit-remaining')).toBe(false);
  expect(makes.body).toHaveLength(25);
  const response = await fetch(`${fake.url}${LOGS}`, { headers: { authorization: `Bearer ${fake.token}` } });
  expect(await response.text()).toBe('<html>');
});

test('tampering changes one answer and not the resource behind it', async () => {
  let times = 1;
  const get = await start({
    tamper: ({ body }) => {
      if (times-- > 0) for (const make of body as { name: string }[]) make.name = 'X';
    },
  });
  const names = async () => (await get('/evse_makes')).body.map(({ name }: { name: string }) => name);
  expect(new Set(await names())).toEqual(new Set(['X']));
  expect(await names()).not.toContain('X');
});

test('the check of the client secret is a behaviour as well', async () => {
  await start({
    behaviours: { authenticateClient: () => () => ({ id: 'any', secret: 'any', scopes: ['evse:read'] }) },
  });
  const headers = { authorization: 'Basic d3Jvbmc6d3Jvbmc=' };
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  expect((await request(fake.tokenUrl, { method: 'POST', headers, body })).status).toBe(200);
});

test('a mistake in a replacement shows as 500 with its stack', async () => {
  const get = await start({
    behaviours: {
      collect: () => () => {
        throw new TypeError('mistaken');
      },
    },
  });
  const { status, body } = await get('/evse_makes');
  expect([status, body]).toEqual([500, expect.stringContaining('TypeError: mistaken')]);
});
