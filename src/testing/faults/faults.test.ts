import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  answering,
  cutBody,
  type Fake,
  latency,
  rateLimited,
  reset,
  staleToken,
  startFake,
  tokenFailure,
  unavailable,
} from '../index.js';

let fake: Fake;
beforeEach(async () => {
  fake = await startFake();
});
afterEach(() => fake.close());

const get = () =>
  fetch(`${fake.url}/evse_makes?page_size=100`, { headers: { authorization: `Bearer ${fake.token}` } });

test('faults come in the order of the orders, then all is well again', async () => {
  fake.faults.next(rateLimited(7)).next(unavailable(), { times: 2 }).next(staleToken());
  const statuses = [];
  for (let count = 0; count < 5; count += 1) statuses.push((await get()).status);
  expect(statuses).toEqual([429, 503, 503, 401, 200]);
});

test('429 carries Retry-After as seconds, as date or not at all', async () => {
  const at = new Date('2026-11-22T17:00:00Z');
  fake.faults.next(rateLimited(7)).next(rateLimited(at)).next(rateLimited(null));
  const values = [];
  for (let count = 0; count < 3; count += 1) {
    const response = await get();
    expect(response.headers.get('x-ratelimit-remaining')).toBe('0');
    values.push(response.headers.get('retry-after'));
  }
  expect(values).toEqual(['7', 'Sun, 22 Nov 2026 17:00:00 GMT', null]);
});

test('503 comes with a problem, a page of something in front, or nothing', async () => {
  fake.faults.next(unavailable({ retryAfter: 3 })).next(unavailable({ body: '<h1>Bad gateway</h1>' }));
  fake.faults.next(unavailable({ body: '' }));
  const problem = await get();
  expect(await problem.json()).toMatchObject({ status: 503 });
  expect(problem.headers.get('retry-after')).toBe('3');
  const page = await get();
  expect(page.headers.get('content-type')).toBe('text/html');
  expect(await page.text()).toContain('Bad gateway');
  expect(await (await get()).text()).toBe('');
});

test('a reset breaks the connection, a cut body breaks off', async () => {
  fake.faults.next(reset()).next(cutBody());
  await expect(get()).rejects.toThrow('fetch failed');
  const response = await get();
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow('terminated');
  expect(fake.requests.map(({ status, fault }) => [status, fault])).toEqual([
    [undefined, 'reset'],
    [200, 'cut'],
  ]);
});

test('an answer can be late, or never come', async () => {
  fake.faults.next(latency(60)).next(latency(Number.POSITIVE_INFINITY));
  const start = performance.now();
  await get();
  expect(performance.now() - start).toBeGreaterThanOrEqual(55);
  const signal = AbortSignal.timeout(50);
  await expect(fetch(`${fake.url}/evse_makes`, { signal })).rejects.toThrow('timeout');
});

test('the token endpoint fails with an OAuth error, and the API is not touched by it', async () => {
  fake.faults.next(tokenFailure(503, 'temporarily_unavailable'));
  expect((await get()).status).toBe(200);
  const response = await fetch(fake.tokenUrl, { method: 'POST' });
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' });
});

test('a fault can wait for the request that it is meant for', async () => {
  const teapot = answering({ status: 418, headers: {}, body: 'short and stout' });
  fake.faults.next(teapot, { request: ({ url }) => url.pathname.includes('emak') });
  expect((await get()).status).toBe(200);
  const response = await fetch(`${fake.url}/evse_makes/emak01HS8FRXKJD5JZZ7ZN6W8H21P8`);
  expect(response.status).toBe(418);
});

test('random faults hit one request in so many, the same with the same seed, until cleared', async () => {
  const run = async () => {
    fake.faults.randomly({ oneIn: 5, faults: [rateLimited(0), unavailable()], seed: 3 });
    const statuses = [];
    for (let count = 0; count < 20; count += 1) statuses.push((await get()).status);
    return statuses;
  };
  const first = await run();
  for (const part of [0, 5, 10, 15]) {
    expect(first.slice(part, part + 5).filter((status) => status !== 200)).toHaveLength(1);
  }
  expect(await run()).toEqual(first);
  fake.faults.clear();
  expect((await get()).status).toBe(200);
});
