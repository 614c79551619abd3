import { describe, expect, test, vi } from 'vitest';
import { anyCall } from '../../../scripts/test/any-call.js';
import { collectGarbage } from '../../../scripts/test/garbage.js';
import { type Reply, serve } from '../../../scripts/test/http-server.js';
import { ApiError, ConnectionError, EvEnergy } from '../../index.js';

/** A server that redirects every request to another one, and how often each was asked. */
async function redirecting(status = 302) {
  const target = await serve(() => ({ body: 'secret' }));
  const server = await serve(() => ({ status, headers: { location: target.url }, body: { moved: true } }));
  const asked = () => [server.requests.length, target.requests.length];
  return { ev: new EvEnergy({ baseUrl: server.url, accessToken: 'secret-token' }), target, asked };
}

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('%i of a GET is shown, after one request', async (status) => {
    const { ev, asked } = await redirecting(status);
    await expect(ev.evseMakes.list()).rejects.toMatchObject({ name: 'ApiError', status });
    expect(asked()).toEqual([1, 0]);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('of a %s is shown, after one request', async (method) => {
    const { ev, asked } = await redirecting();
    await expect(anyCall(ev, method, '/x')).rejects.toMatchObject({ status: 302 });
    expect(asked()).toEqual([1, 0]);
  });

  test('is shown by ev.api with its headers and body, after one request', async () => {
    const { ev, target, asked } = await redirecting();
    const { error, response } = await ev.api.GET('/evse_makes');
    expect(response).toMatchObject({ status: 302, redirected: false });
    expect(response.headers.get('location')).toBe(target.url);
    expect(error).toEqual({ moved: true });
    expect(asked()).toEqual([1, 0]);
  });

  test('is one attempt of a call, whose error shows the status', async () => {
    const replies: Reply[] = [{ body: [] }, { status: 302, headers: { location: '/' } }];
    const server = await serve((_, count) => replies[count - 1] ?? replies.at(-1) ?? {});
    const onResponse = vi.fn();
    const ev = new EvEnergy({ baseUrl: server.url, onResponse });
    await ev.evseMakes.list();
    await expect(ev.evseMakes.list()).rejects.toMatchObject({ name: 'ApiError', status: 302 });
    expect(server.requests).toHaveLength(2);
    expect(onResponse.mock.calls.map(([{ attempt, status }]) => [attempt, status])).toEqual([
      [1, 200],
      [1, 302],
    ]);
  });
});

test('an answer is read to its end, whatever garbage is collected meanwhile', async () => {
  const server = await serve(() => ({ body: { a: 1 }, bodyDelay: 50 }));
  const call = anyCall(new EvEnergy({ baseUrl: server.url }), 'GET', '/x');
  setTimeout(collectGarbage, 20);
  expect(await call).toEqual({ a: 1 });
});

test('a connection that breaks is not tried again without retries', async () => {
  const server = await serve(() => ({ cut: 'before' }));
  const ev = new EvEnergy({ baseUrl: server.url, maxRetries: 0 });
  await expect(ev.evseMakes.list()).rejects.toThrow(ConnectionError);
  expect(server.requests).toHaveLength(1);
});

describe('a global fetch that takes the place of the platform', () => {
  test.each([
    ['a redirect', () => new Response(null, { status: 302, headers: { location: '/' } }), ApiError],
    ['a 401', () => new Response('{}', { status: 401 }), ApiError],
    ['nothing', () => undefined, ConnectionError],
    [
      'a reset',
      () => {
        throw new TypeError('fetch failed');
      },
      ConnectionError,
    ],
  ])('and gives %s is asked once for each of a hundred calls, and each ends alike', async (_, give, kind) => {
    const replaced = vi.fn(async (_url: string, _init: RequestInit) => give());
    vi.stubGlobal('fetch', replaced);
    try {
      const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:9', maxRetries: 0 });
      for (let count = 0; count < 100; count += 1) await expect(ev.evseMakes.list()).rejects.toThrow(kind);
      expect(replaced).toHaveBeenCalledTimes(100);
      const inits = replaced.mock.calls.map(([, { redirect, method, signal }]) => [
        redirect,
        method,
        Boolean(signal),
      ]);
      expect(new Set(inits.map(String))).toEqual(new Set(['manual,GET,true']));
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
