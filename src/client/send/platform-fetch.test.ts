import { describe, expect, test, vi } from 'vitest';
import { collectGarbage } from '../../../scripts/test/garbage.js';
import { type Reply, serve } from '../../../scripts/test/http-server.js';
import { EvEnergy } from '../../index.js';
import { platformFetch } from './platform-fetch.js';

/** A server that redirects every request to another one, and how often each was asked. */
async function redirecting(status = 302) {
  const target = await serve(() => ({ body: 'secret' }));
  const server = await serve(() => ({ status, headers: { location: target.url }, body: { moved: true } }));
  const asked = () => [server.requests.length, target.requests.length];
  return { url: server.url, target, asked, requests: server.requests };
}

const init = (method: string): RequestInit => ({ method, headers: { 'x-own': '1' }, redirect: 'manual' });

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('%i of a GET is shown, for a second request', async (status) => {
    const { url, target, asked, requests } = await redirecting(status);
    const response = await platformFetch(url, init('GET'));
    expect(response).toMatchObject({ status, redirected: false });
    expect(response.headers.get('location')).toBe(target.url);
    expect(await response.json()).toEqual({ moved: true });
    expect(asked()).toEqual([2, 0]);
    expect(requests.map(({ headers }) => headers['x-own'])).toEqual(['1', '1']);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'of a %s is shown at once: it is never sent twice',
    async (method) => {
      const { url, asked } = await redirecting();
      expect((await platformFetch(url, init(method))).status).toBe(302);
      expect(asked()).toEqual([1, 0]);
    },
  );

  test('that is what the operation is for is asked for once', async () => {
    const { url, asked } = await redirecting();
    expect((await platformFetch(url, init('GET'), true)).status).toBe(302);
    expect(asked()).toEqual([1, 0]);
  });

  test('is shown at once where there is a signal, which is obeyed until the body has ended', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const { url, asked } = await redirecting();
    expect((await platformFetch(url, { ...init('GET'), signal })).status).toBe(302);
    expect(asked()).toEqual([1, 0]);
    const slow = await serve(() => ({ body: { a: 1 }, bodyDelay: 5_000 }));
    const response = await platformFetch(slow.url, { ...init('GET'), signal });
    collectGarbage();
    controller.abort(new Error('enough'));
    await expect(response.text()).rejects.toThrow();
  });

  test('is one attempt of a call, whose error shows the status', async () => {
    const replies: Reply[] = [{ body: [] }, { status: 302, headers: { location: '/' } }];
    const server = await serve((_, count) => replies[count - 1] ?? replies.at(-1) ?? {});
    const onResponse = vi.fn();
    const ev = new EvEnergy({ baseUrl: server.url, onResponse });
    await ev.evseMakes.list();
    await expect(ev.evseMakes.list()).rejects.toMatchObject({ name: 'ApiError', status: 302 });
    expect(server.requests).toHaveLength(3);
    expect(onResponse.mock.calls.map(([{ attempt, status }]) => [attempt, status])).toEqual([
      [1, 200],
      [1, 302],
    ]);
  });
});

test('an answer is read to its end, whatever garbage is collected meanwhile', async () => {
  const server = await serve(() => ({ body: { a: 1 }, bodyDelay: 50 }));
  const response = await platformFetch(server.url, init('GET'));
  collectGarbage();
  expect(await response.json()).toEqual({ a: 1 });
});

test('another failure is thrown as it came, after one request', async () => {
  const server = await serve(() => ({ cut: 'before' }));
  await expect(platformFetch(server.url, init('GET'))).rejects.toMatchObject({ message: 'fetch failed' });
  expect(server.requests).toHaveLength(1);
});

test('a global fetch that takes its place is called, whatever it gives', async () => {
  const replaced = vi.fn();
  vi.stubGlobal('fetch', replaced);
  try {
    expect(await platformFetch('http://127.0.0.1:9', init('GET'))).toBeUndefined();
    replaced.mockRejectedValue('refused');
    await expect(platformFetch('http://127.0.0.1:9', init('GET'))).rejects.toBe('refused');
  } finally {
    vi.unstubAllGlobals();
  }
});
