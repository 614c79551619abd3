import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { EVSE, fakeApi } from '../../../scripts/test/fake.js';
import { serve } from '../../../scripts/test/http-server.js';
import {
  ConfigurationError,
  ConnectionError,
  EvEnergy,
  type EvEnergyOptions,
  TimeoutError,
  UnreadableBodyError,
} from '../../index.js';

type Loose = (
  path: string,
  init?: object | null,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** The client's `api`, open in its types: these tests ask for paths that the document lacks. */
function loose(ev: EvEnergy): Record<'GET' | 'POST' | 'PATCH' | 'HEAD', Loose> & {
  request: (method: string, path: string, init?: object | null) => ReturnType<Loose>;
} {
  return ev.api as never;
}

async function echo(options: EvEnergyOptions = {}) {
  const server = await serve(() => ({ body: {} }));
  const ev = new EvEnergy({ baseUrl: `${server.url}/v2`, accessToken: 'secret-token', ...options });
  return { server, ev, api: loose(ev), last: () => server.requests.at(-1) };
}

describe('ev.api', () => {
  test("has what the client's methods have: token, scope and errors of the operation", async () => {
    const fake = await fakeApi();
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
    const params = { path: { evse_id: EVSE }, query: { page_size: 3 } };
    const { data } = await ev.api.GET('/evses/{evse_id}/status_logs', { params });
    expect(data).toHaveLength(3);
    expect(ev.quota.remaining).toBe((ev.quota.limit ?? 0) - 1);
    const anonymous = new EvEnergy({ baseUrl: fake.url, auth: null });
    await expect(anonymous.api.GET('/evses/{evse_id}/status_logs', { params })).rejects.toThrow(
      /needs a token/,
    );
  });

  test.each(['', 'BAD METHOD', 'trace', 'CONNECT'])(
    "refuses the method '%s', which fetch would",
    async (method) => {
      const { api, server } = await echo();
      await expect(api.request(method, '/x')).rejects.toThrow(`method: '${method}' can't be sent`);
      expect(server.requests).toHaveLength(0);
    },
  );

  test("refuses a stream, which can't be sent again", async () => {
    const { api, server } = await echo();
    const body = new Blob(['text']).stream();
    await expect(api.POST('/x', { body })).rejects.toThrow(/^body: a stream .*; pass text, a Blob/);
    expect(server.requests).toHaveLength(0);
  });

  test('sends query parameters as objects, or behind the path as they are', async () => {
    const { api, last } = await echo();
    await api.GET('/x', { params: { query: { a: ['1', '2 3'], b: undefined, c: 'ä&' } } });
    expect([...(last()?.query ?? [])]).toEqual([
      ['a', '1'],
      ['a', '2 3'],
      ['c', 'ä&'],
    ]);
    await api.GET('/x', { params: { query: { since: new Date(0) } } });
    expect(last()?.query.get('since')).toBe('1970-01-01T00:00:00.000Z');
    await api.GET('/x', { params: { query: { on: [new Date(0)] } } });
    expect(last()?.query.getAll('on')).toEqual(['1970-01-01T00:00:00.000Z']);
    const foreign: unknown = runInNewContext('new Date(0)');
    await api.GET('/x', { params: { query: { at: { gte: foreign, lte: new Date(0), eq: null } } } });
    expect([...(last()?.query ?? [])]).toEqual([
      ['at[gte]', '1970-01-01T00:00:00.000Z'],
      ['at[lte]', '1970-01-01T00:00:00.000Z'],
    ]);
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const endless = api.GET('/x', { params: { query: { a: cyclic } } });
    await expect(endless).rejects.toThrow(/^query: a holds a list or object within another/);
    for (const method of [undefined, 5, Symbol('GET')])
      await expect(api.request(method as never, '/x')).rejects.toThrow(/^method: /);
    const code = api.GET('/x', { params: { query: { a: { b: () => 1 } } } });
    await expect(code).rejects.toThrow(/^query: a is neither/);
    const invalid = api.GET('/x', { params: { query: { since: new Date('soon') } } });
    await expect(invalid).rejects.toThrow(/^query: since is an invalid date$/);
    const deep = api.GET('/x', { params: { query: { a: 1, near: { at: { latitude: 1 } } } } });
    await expect(deep).rejects.toThrow(/^query: near holds a list or object within another/);
    const half = api.GET('/x', { params: { query: { a: 1, name: '\ud800' } } });
    await expect(half).rejects.toThrow(/^query: name holds half of a surrogate pair$/);
    await api.GET('/x?page_size=%zz&page_size=');
    expect(last()?.query.getAll('page_size')).toEqual(['%zz', '']);
    for (const query of ['a=1', new URLSearchParams({ a: 'b' }), new Map(), 5])
      await expect(api.GET('/x', { params: { query } })).rejects.toThrow(/^params.query: is not an object/);
    await api.GET('/x', { params: { query: { a: [null, 'd', undefined] } } });
    expect(last()?.query.getAll('a')).toEqual(['d']);
    for (const value of [() => 1, new Map(), new Set(['a']), Symbol('a')])
      await expect(api.GET('/x', { params: { query: { a: value } } })).rejects.toThrow(
        /^query: a is neither/,
      );
    await api.GET('/x', null);
    await api.GET('/x?a=1');
    expect(last()?.query.get('a')).toBe('1');
    await expect(api.GET('/x?a=1', { params: { query: { b: 2 } } })).rejects.toThrow(/^query: /);
  });

  test.each([
    ['JSON', { body: { a: [1] } }, 'application/json', '{"a":[1]}'],
    ['a string as JSON', { body: 'a"b' }, 'application/json', '"a\\"b"'],
    [
      'what an own serializer makes of it',
      { body: '{"broken', bodySerializer: (body: string) => body },
      'application/json',
      '{"broken',
    ],
    [
      'a form',
      {
        body: { a: 'ä b', c: [1, 2], d: null, e: new Date(0) },
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      },
      'application/x-www-form-urlencoded',
      'a=%C3%A4+b&c=1&c=2&e=1970-01-01T00%3A00%3A00.000Z',
    ],
    ['text', { body: 'hello', headers: { 'content-type': 'text/plain' } }, 'text/plain', 'hello'],
    [
      'bytes',
      { body: new Uint8Array([104, 105]), headers: { 'content-type': 'application/octet-stream' } },
      'application/octet-stream',
      'hi',
    ],
    [
      'JSON whose media type has a parameter',
      { body: { a: 1 }, headers: { 'content-type': 'application/json; charset=utf-8' } },
      'application/json; charset=utf-8',
      '{"a":1}',
    ],
    ['a Blob in its own type', { body: new Blob(['hi'], { type: 'image/png' }) }, 'image/png', 'hi'],
    ['bytes as they are', { body: new Uint8Array([104, 105]) }, undefined, 'hi'],
    [
      'bytes of another realm',
      { body: runInNewContext('new Uint8Array([104, 105]).buffer') },
      undefined,
      'hi',
    ],
    [
      'URLSearchParams as a form',
      { body: new URLSearchParams({ a: 'b c' }) },
      'application/x-www-form-urlencoded;charset=UTF-8',
      'a=b+c',
    ],
  ])('sends %s', async (_, init, type, text) => {
    const { api, last } = await echo();
    await api.POST('/x', init);
    expect(last()?.headers['content-type']).toBe(type);
    expect(last()?.body).toBe(text);
  });

  test('sends a multipart form, whose boundary only fetch knows', async () => {
    const { api, last } = await echo();
    const headers = { 'content-type': 'multipart/form-data' };
    await api.POST('/x', {
      headers,
      body: { name: 'a', file: new Blob(['data']), meta: { b: 1 } },
    });
    expect(last()?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    for (const part of ['name="name"\r\n\r\na', 'data', '{"b":1}']) expect(last()?.body).toContain(part);
    const form = new FormData();
    form.append('name', 'own');
    await api.POST('/x', { body: form });
    expect(last()?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(last()?.body).toContain('name="name"\r\n\r\nown');
  });

  test('refuses what cannot be sent, by name', async () => {
    const { api, server } = await echo();
    await expect(api.GET('/x', { body: 'a' })).rejects.toThrow(/^body: a GET request/);
    const headers = { 'content-type': 'text/csv' };
    await expect(api.POST('/x', { headers, body: { a: 1 } })).rejects.toThrow(/^body: .*text\/csv/);
    await expect(api.GET('/x/{id}')).rejects.toThrow(/^id: /);
    class Order {}
    const foreign = api.POST('/x', { headers, body: new Order() });
    await expect(foreign).rejects.toThrow(/^body: a Order can't be sent as text\/csv/);
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data'])
      for (const value of [[[1]], [new Map()], new Date('soon')]) {
        const form = api.POST('/x', { headers: { 'content-type': type }, body: { a: value } });
        await expect(form).rejects.toThrow(/^body: a is /);
      }
    expect(server.requests).toHaveLength(0);
  });

  test("asks the client's own server for the API's own URLs, and refuses others", async () => {
    const { api, last, server } = await echo();
    await api.GET('https://api.ev.energy/v2/evse_models/?make_id=emak1');
    expect(last()?.path).toBe('/v2/evse_models/');
    expect(last()?.query.get('make_id')).toBe('emak1');
    const dots = [
      '/../x',
      '/a/..',
      '/./x',
      '/%2E%2e/x',
      '/..\\x',
      '/..',
      '/a/.\t./x',
      '/a/..#x',
      '/a/.. ',
      '/a#/b',
    ];
    for (const path of dots) await expect(api.GET(path)).rejects.toThrow(/^path: /);
    await expect(api.GET('/a/.%2{e}/x', { params: { path: { e: 'e' } } })).rejects.toThrow(/^path: /);
    await api.GET('/a/..b');
    for (const url of ['https://evil.example.com/v2/x', '@evil.example.com', 'evil.example.com', ''])
      await expect(api.GET(url)).rejects.toThrow(/^path: /);
    await expect(api.GET('https://me:secret@evil.example.com/@')).rejects.toThrow(
      /^path: 'https:\/\/evil.example.com\/@'/,
    );
    expect(server.requests).toHaveLength(2);
  });

  test('resolves whatever the status is, with the error parsed where it is JSON', async () => {
    const server = await serve(({ path }) => {
      if (path === '/moved') return { status: 302, headers: { location: 'https://elsewhere.example.com' } };
      return path === '/html' ? { status: 500, body: '<html>' } : { status: 404, body: { title: 'No' } };
    });
    const api = loose(new EvEnergy({ baseUrl: server.url, maxRetries: 0 }));
    const { data, error, response } = await api.GET('/x');
    expect([data, error, response.status]).toEqual([undefined, { title: 'No' }, 404]);
    expect((await api.GET('/html')).error).toBe('<html>');
    const moved = await api.GET('/moved');
    expect(moved.response.headers.get('location')).toBe('https://elsewhere.example.com');
    expect(server.requests).toHaveLength(3);
  });

  test.each([503, 500, 404, 302, 401])('has an error also where a %i has no body', async (status) => {
    const server = await serve(() => ({ status, body: '', headers: { 'content-length': '0' } }));
    const api = loose(new EvEnergy({ baseUrl: server.url, maxRetries: 0 }));
    for (const method of ['GET', 'POST', 'HEAD'] as const) {
      const { data, error, response } = await api[method]('/x');
      expect(data).toBeUndefined();
      expect(error).toMatchObject({ type: 'about:blank', status });
      expect(response.status).toBe(status);
    }
  });

  test('retries, and gives what came last', async () => {
    const server = await serve(() => ({ status: 503, body: 'x'.repeat(100_000) }));
    const api = loose(new EvEnergy({ baseUrl: server.url, maxRetries: 2, backoff: { max: 1 } }));
    const { error, response } = await api.GET('/x', { parseAs: 'stream' });
    expect([response.status, String(error).length]).toEqual([503, 100_000]);
    expect(server.requests).toHaveLength(3);
  });

  test('renews its token, waits for no redirect, and counts the quota', async () => {
    const server = await serve(({ headers }) => ({
      status: headers.authorization === 'Bearer new' ? 200 : 401,
      body: {},
      headers: { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '4' },
    }));
    const tokens = ['old', 'new'];
    const ev = new EvEnergy({ baseUrl: server.url, accessToken: () => tokens.shift() ?? 'none' });
    expect((await loose(ev).GET('/x')).response.status).toBe(200);
    expect(ev.quota).toMatchObject({ limit: 10, remaining: 4 });
  });

  test.each([
    ['text', 'text', '{"a":1}'],
    ['json', 'json', { a: 1 }],
  ])('reads a success as %s', async (_, parseAs, data) => {
    const server = await serve(() => ({ body: { a: 1 } }));
    const api = loose(new EvEnergy({ baseUrl: server.url }));
    expect((await api.GET('/x', { parseAs })).data).toEqual(data);
  });

  test('reads bytes and streams, and gives the standard Response with them', async () => {
    const server = await serve(() => ({ body: 'ä' }));
    const api = loose(new EvEnergy({ baseUrl: server.url }));
    const { data: bytes } = await api.GET('/x', { parseAs: 'arrayBuffer' });
    expect(new Uint8Array(bytes as ArrayBuffer)).toEqual(new Uint8Array([0xc3, 0xa4]));
    const { data: blob } = await api.GET('/x', { parseAs: 'blob' });
    expect(await (blob as Blob).text()).toBe('ä');
    const { data: stream, response } = await api.GET('/x', { parseAs: 'stream' });
    expect(await new Response(stream as ReadableStream).text()).toBe('ä');
    expect(response).toBeInstanceOf(Response);
    expect(response.url).toBe(`${server.url}/x`);
  });

  test('tells a success that is no JSON, and an empty one has no data', async () => {
    const server = await serve(({ path }) => (path === '/empty' ? { body: '' } : { body: 'fine' }));
    const api = loose(new EvEnergy({ baseUrl: server.url }));
    await expect(api.GET('/x')).rejects.toThrow(UnreadableBodyError);
    expect((await api.GET('/empty')).data).toBeUndefined();
  });

  test('throws where no complete answer came', async () => {
    const cut = await serve(() => ({ cut: 'within', body: { some: 'text' } }));
    await expect(loose(new EvEnergy({ baseUrl: cut.url, maxRetries: 0 })).GET('/x')).rejects.toThrow(
      ConnectionError,
    );
    const slow = await serve(() => ({ body: {}, delay: 5_000 }));
    const call = loose(new EvEnergy({ baseUrl: slow.url })).GET('/x', { timeout: 30, maxRetries: 0 });
    await expect(call).rejects.toThrow(TimeoutError);
    const controller = new AbortController();
    const ended = loose(new EvEnergy({ baseUrl: slow.url })).GET('/x', { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(ended).rejects.toThrow('enough');
  });
});

describe('the options of one request', () => {
  test('are those of a call', async () => {
    const { api, last } = await echo({ user: 'user-of-the-client' });
    await api.GET('/x', { user: 'user-of-the-call', headers: { 'x-own': '1', accept: null } });
    expect(last()?.headers).toMatchObject({ 'evenergy-user': 'user-of-the-call', 'x-own': '1' });
    await api.GET('/x', { params: { header: { 'EvEnergy-User': 'user-of-the-parameter' } } });
    expect(last()?.headers['evenergy-user']).toBe('user-of-the-parameter');
    await api.GET('/x');
    expect(last()?.headers['evenergy-user']).toBe('user-of-the-client');
  });

  test.each([
    [{ timeout: '5' }, /^timeout: 5 is not a number of milliseconds/],
    [{ maxRetries: -1 }, /^maxRetries: /],
    [{ user: 5 }, /^user: is not a string/],
    [{ validate: 'yes' }, /^validate: 'yes' is not one of off, warn, error/],
    [{ tiemout: 5 }, /^tiemout: there is no such option; did you mean timeout\?$/],
    [{ constructor: 5 }, /^constructor: there is no such option; there are /],
    [{ params: [] }, /^params: is not an object/],
    [{ params: { path: 'a' } }, /^params.path: is not an object/],
    [{ parseAs: 'xml' }, /^parseAs: 'xml' is not one of json, text,/],
    [{ middleware: {} }, /^middleware: is not a list/],
    [
      { baseUrl: 'https://evil.example.com' },
      /^baseUrl: can't be given to one call, since the client's token/,
    ],
    [{ fetch: () => {} }, /^fetch: can't be given to one call/],
    [{ Request: class {} }, /^Request: can't be given to one call/],
    [{ redirect: 'follow' }, /^redirect: no redirect is followed/],
  ])('%o are refused by name, before any request', async (init, message) => {
    const { api, server } = await echo();
    await expect(api.GET('/x', init)).rejects.toThrow(ConfigurationError);
    await expect(api.GET('/x', init)).rejects.toThrow(message);
    expect(server.requests).toHaveLength(0);
  });

  test('may be what the platform alone knows', async () => {
    const seen: RequestInit[] = [];
    const fetch = async (_: string, init: RequestInit) => {
      seen.push(init);
      return Response.json({});
    };
    const { api } = await echo({ fetch });
    await api.GET('/x', { cache: 'no-store', next: { revalidate: 60 } });
    expect(seen[0]).toMatchObject({ cache: 'no-store', next: { revalidate: 60 }, redirect: 'manual' });
  });
});

describe('middleware of openapi-fetch', () => {
  test('sees the standard classes, the template and its values, and may change both ways', async () => {
    const server = await serve(({ headers }) => ({ body: { got: headers['x-added'] ?? null } }));
    const ev = new EvEnergy({ baseUrl: server.url, accessToken: 'secret-token' });
    const seen: unknown[] = [];
    ev.api.use({
      onRequest({ request, schemaPath, params }) {
        seen.push(request instanceof Request, schemaPath, params.path, request.headers.get('authorization'));
        request.headers.set('x-added', 'by middleware');
        return new Request(request);
      },
      async onResponse({ response }) {
        seen.push(response instanceof Response, response.url);
        const body = { ...((await response.clone().json()) as object), more: true };
        return new Response(JSON.stringify(body), response);
      },
    });
    const { data } = await loose(ev).GET('/things/{id}', { params: { path: { id: 'a b' } } });
    expect(data).toEqual({ got: 'by middleware', more: true });
    expect(seen).toEqual([true, '/things/{id}', { id: 'a b' }, null, true, `${server.url}/things/a%20b`]);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer secret-token');
    // It sees the calls of the resources too.
    expect(await ev.evseMakes.retrieve('a')).toEqual({ got: 'by middleware', more: true });
  });

  test('is given the body, which is sent again after a failure', async () => {
    const server = await serve((_, count) => (count === 1 ? { status: 429 } : { body: {} }));
    const ev = new EvEnergy({ baseUrl: server.url, backoff: { max: 1 } });
    const bodies: string[] = [];
    const middleware = [
      {
        async onRequest({ request }: { request: Request }) {
          bodies.push(await request.clone().text());
        },
      },
    ];
    await loose(ev).POST('/x', { body: { a: 1 }, middleware });
    expect(bodies).toEqual(['{"a":1}']);
    expect(server.requests.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
    expect(server.requests[1]?.headers['content-type']).toBe('application/json');
  });

  test('may answer in the place of the server, and is taken back by eject', async () => {
    const { ev, api, server } = await echo();
    const cached = { onRequest: () => Response.json({ from: 'cache' }) };
    ev.api.use(cached);
    expect((await api.GET('/x')).data).toEqual({ from: 'cache' });
    expect(server.requests).toHaveLength(0);
    ev.api.eject(cached);
    expect((await api.GET('/x')).data).toEqual({});
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['another host', 'https://evil.example.com/v2/x'],
    ['a host that begins alike', (url: string) => `${url}.evil.example.com/`],
    [
      'a user name that looks like the host',
      (url: string) => `${url.replace(/:(\d+).*/, ':$1@evil.example.com/')}`,
    ],
  ])('cannot take the token to %s', async (_, target) => {
    const { ev, api, server } = await echo();
    const to = typeof target === 'string' ? target : target(new URL(server.url).origin);
    const replaced = { url: to, method: 'GET', headers: new Headers(), signal: AbortSignal.timeout(1_000) };
    const request = Object.setPrototypeOf(replaced, Request.prototype);
    const onRequest = () => (URL.canParse(to) && !to.includes('@') ? new Request(to) : request);
    ev.api.use({ onRequest });
    await expect(api.GET('/x')).rejects.toThrow(/was refused, since the client's token only goes to/);
    expect(server.requests).toHaveLength(0);
  });

  test('hears of failures', async () => {
    const cut = await serve(() => ({ cut: 'before' }));
    const ev = new EvEnergy({ baseUrl: cut.url, maxRetries: 0 });
    ev.api.use({ onError: () => Response.json({ from: 'middleware' }) });
    expect((await loose(ev).GET('/x')).data).toEqual({ from: 'middleware' });
  });
});
