import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fake, startFake } from './index.js';

let fake: Fake;
beforeAll(async () => {
  fake = await startFake({ rateLimit: 100_000 });
});
afterAll(() => fake.close());

const LOGS = '/evses/evse01HSH04KDEWF6Z4DB2J77J74K5/status_logs';

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(path.startsWith('http') ? path : `${fake.url}${path}`, {
    headers: { authorization: `Bearer ${fake.token}`, ...headers },
  });
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
  return { response, status: response.status, body: text ? (JSON.parse(text) as any) : undefined };
}

/** Follows the links of a relation to their end. */
async function walk(path: string, relation: 'next' | 'previous') {
  const pages = [];
  for (let url = path; url !== 'about:blank'; ) {
    const { response, body } = await get(url);
    pages.push(body);
    url = new RegExp(`<([^>]*)>; rel="${relation}"`).exec(response.headers.get('link') ?? '')?.[1] ?? '';
  }
  return pages;
}

test('walks collections of both kinds of cursors completely and in order', async () => {
  const makes = (await walk('/evse_makes?page_size=7', 'next')).flat();
  const ids = makes.map((make) => make.id);
  expect(ids).toHaveLength(61);
  expect(ids).toEqual([...new Set(ids)].sort());

  const logs = (await walk(`${LOGS}?page_size=40`, 'next')).flat().map((log) => log.sampled_at);
  expect(logs).toHaveLength(300);
  expect(logs).toEqual([...new Set(logs)].sort().reverse());
});

test('bounds are inclusive to the microsecond', async () => {
  const { body: logs } = await get(`${LOGS}?page_size=100`);
  const [from, to] = [logs[30].sampled_at, logs[20].sampled_at];
  const { body } = await get(`${LOGS}?sampled_at__gte=${from}&sampled_at__lte=${to}`);
  expect(body).toEqual(logs.slice(20, 31));
});

test('expands what is asked for and no more', async () => {
  const { body } = await get(`${LOGS}?page_size=1&expand=evse.model`);
  expect(body[0].evse.model.make).toEqual(expect.any(String));
  expect(body[0].evse.user).toEqual(expect.any(String));
});

test('refuses with problem details', async () => {
  const { status, body, response } = await get(`${LOGS}?page_size=0`);
  expect(status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(body).toMatchObject({ status: 400, type: expect.stringMatching(/\/pagination-parameters\/$/) });
});
