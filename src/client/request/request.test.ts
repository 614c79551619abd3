import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { EVSE, fakeApi } from '../../../scripts/test/fake.js';
import { serve } from '../../../scripts/test/http-server.js';
import { EvEnergy } from '../../index.js';

async function echo() {
  const server = await serve(() => ({ body: {} }));
  const ev = new EvEnergy({ baseUrl: `${server.url}/v2`, accessToken: 'secret-token' });
  return { server, ev, last: () => server.requests.at(-1) };
}

describe('request', () => {
  test("has what the client's methods have: scope, paging and errors of the operation", async () => {
    const fake = await fakeApi();
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
    const path = { evse_id: EVSE };
    const logs = await ev.request('GET', '/evses/{evse_id}/status_logs', { path, query: { page_size: 3 } });
    expect(logs).toHaveLength(3);
    const anonymous = new EvEnergy({ baseUrl: fake.url, auth: null });
    await expect(anonymous.request('GET', '/evses/{evse_id}/status_logs', { path })).rejects.toThrow(
      /needs a token/,
    );
  });

  test.each(['', 'BAD METHOD', 'trace', 'CONNECT'])(
    "refuses the method '%s', which fetch would",
    async (method) => {
      const { ev, server } = await echo();
      await expect(ev.request(method, '/x')).rejects.toThrow(`method: '${method}' is none`);
      expect(server.requests).toHaveLength(0);
    },
  );

  test("refuses a stream, which can't be sent again", async () => {
    const { ev, server } = await echo();
    const body = new Blob(['text']).stream();
    await expect(ev.request('POST', '/x', { body })).rejects.toThrow(/^body: a stream .*; pass text, a Blob/);
    expect(server.requests).toHaveLength(0);
  });

  test('sends query parameters as objects, or a string as it is', async () => {
    const { ev, last } = await echo();
    await ev.request('GET', '/x', { query: { a: ['1', '2 3'], b: undefined, c: 'ä&' } });
    expect([...(last()?.query ?? [])]).toEqual([
      ['a', '1'],
      ['a', '2 3'],
      ['c', 'ä&'],
    ]);
    await ev.request('GET', '/x', { query: { since: new Date(0) } });
    expect(last()?.query.get('since')).toBe('1970-01-01T00:00:00.000Z');
    await ev.request('GET', '/x', { query: { on: [new Date(0)] } });
    expect(last()?.query.getAll('on')).toEqual(['1970-01-01T00:00:00.000Z']);
    const foreign: unknown = runInNewContext('new Date(0)');
    await ev.request('GET', '/x', { query: { at: { gte: foreign, lte: new Date(0), eq: null } } });
    expect([...(last()?.query ?? [])]).toEqual([
      ['at[gte]', '1970-01-01T00:00:00.000Z'],
      ['at[lte]', '1970-01-01T00:00:00.000Z'],
    ]);
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const endless = ev.request('GET', '/x', { query: { a: cyclic } });
    await expect(endless).rejects.toThrow(/^query: a holds a list or object within another/);
    for (const method of [undefined, 5, Symbol('GET')])
      await expect(ev.request(method as never, '/x')).rejects.toThrow(/^method: /);
    const code = ev.request('GET', '/x', { query: { a: { b: () => 1 } } });
    await expect(code).rejects.toThrow(/^query: a is neither/);
    const invalid = ev.request('GET', '/x', { query: { since: new Date('soon') } });
    await expect(invalid).rejects.toThrow(/^query: since is an invalid date$/);
    const deep = ev.request('GET', '/x', { query: { a: 1, near: { at: { latitude: 1 } } } });
    await expect(deep).rejects.toThrow(/^query: near holds a list or object within another/);
    const half = ev.request('GET', '/x', { query: { a: 1, name: '\ud800' } });
    await expect(half).rejects.toThrow(/^query: name holds half of a surrogate pair$/);
    await ev.request('GET', '/x', { query: 'page_size=%zz&page_size=' });
    expect(last()?.query.getAll('page_size')).toEqual(['%zz', '']);
    await ev.request('GET', '/x', { query: new URLSearchParams({ a: 'b' }) as never });
    expect(last()?.query.get('a')).toBe('b');
    await ev.request('GET', '/x', { query: '?a=c' });
    expect(last()?.query.get('a')).toBe('c');
    await ev.request('GET', '/x', { query: { a: [null, 'd', undefined] } });
    expect(last()?.query.getAll('a')).toEqual(['d']);
    for (const value of [() => 1, new Map(), new Set(['a']), Symbol('a')])
      await expect(ev.request('GET', '/x', { query: { a: value } })).rejects.toThrow(/^query: a is neither/);
    await ev.request('GET', '/x', null as never);
    await ev.request('GET', '/x?a=1');
    expect(last()?.query.get('a')).toBe('1');
    await expect(ev.request('GET', '/x?a=1', { query: { b: 2 } })).rejects.toThrow(/^query: /);
  });

  test.each([
    ['JSON', { body: { a: [1] } }, 'application/json', '{"a":[1]}'],
    ['a string as it is', { body: '{"broken' }, 'application/json', '{"broken'],
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
    const { ev, last } = await echo();
    await ev.request('POST', '/x', init);
    expect(last()?.headers['content-type']).toBe(type);
    expect(last()?.body).toBe(text);
  });

  test('sends a multipart form, whose boundary only fetch knows', async () => {
    const { ev, last } = await echo();
    const headers = { 'content-type': 'multipart/form-data' };
    await ev.request('POST', '/x', {
      headers,
      body: { name: 'a', file: new Blob(['data']), meta: { b: 1 } },
    });
    expect(last()?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    for (const part of ['name="name"\r\n\r\na', 'data', '{"b":1}']) expect(last()?.body).toContain(part);
    const form = new FormData();
    form.append('name', 'own');
    await ev.request('POST', '/x', { body: form });
    expect(last()?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(last()?.body).toContain('name="name"\r\n\r\nown');
  });

  test('refuses what can not be sent, by name', async () => {
    const { ev, server } = await echo();
    await expect(ev.request('GET', '/x', { body: 'a' })).rejects.toThrow(/^body: a GET request/);
    const headers = { 'content-type': 'text/csv' };
    await expect(ev.request('POST', '/x', { headers, body: { a: 1 } })).rejects.toThrow(/^body: .*text\/csv/);
    await expect(ev.request('GET', '/x/{id}')).rejects.toThrow(/^id: /);
    class Order {}
    const foreign = ev.request('POST', '/x', { headers, body: new Order() });
    await expect(foreign).rejects.toThrow(/^body: a Order can't be sent as text\/csv/);
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data'])
      for (const value of [[[1]], [new Map()], new Date('soon')]) {
        const form = ev.request('POST', '/x', { headers: { 'content-type': type }, body: { a: value } });
        await expect(form).rejects.toThrow(/^body: a is /);
      }
    expect(server.requests).toHaveLength(0);
  });

  test("asks the client's own server for the API's own URLs, and refuses others", async () => {
    const { ev, last, server } = await echo();
    await ev.request('GET', 'https://api.ev.energy/v2/evse_models/?make_id=emak1');
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
    for (const path of dots) await expect(ev.request('GET', path)).rejects.toThrow(/^path: /);
    await expect(ev.request('GET', '/a/.%2{e}/x', { path: { e: 'e' } })).rejects.toThrow(/^path: /);
    await ev.request('GET', '/a/..b');
    for (const url of ['https://evil.example.com/v2/x', '@evil.example.com', 'evil.example.com', ''])
      await expect(ev.request('GET', url)).rejects.toThrow(/^path: /);
    await expect(ev.request('GET', 'https://me:secret@evil.example.com/@')).rejects.toThrow(
      /^path: 'https:\/\/evil.example.com\/@'/,
    );
    expect(server.requests).toHaveLength(2);
  });

  test('gives any response with anyStatus, parsed or raw', async () => {
    const server = await serve(({ path }) => {
      if (path === '/moved') return { status: 302, headers: { location: 'https://elsewhere.example.com' } };
      return path === '/html' ? { status: 500, body: '<html>' } : { status: 404, body: { title: 'No' } };
    });
    const ev = new EvEnergy({ baseUrl: server.url, maxRetries: 0 });
    expect(await ev.request('GET', '/x', { anyStatus: true })).toEqual({ title: 'No' });
    expect(await ev.request('GET', '/html', { anyStatus: true })).toBe('<html>');
    const raw = await ev.request('GET', '/x', { anyStatus: true }).asResponse();
    expect([raw.status, await raw.json()]).toEqual([404, { title: 'No' }]);
    expect((await ev.request('GET', '/moved', { anyStatus: true }).asResponse()).status).toBe(302);
  });

  test('retries with anyStatus too, and gives what came last', async () => {
    const server = await serve(() => ({ status: 503, body: 'x'.repeat(100_000) }));
    const ev = new EvEnergy({ baseUrl: server.url, maxRetries: 2, backoff: { max: 1 } });
    const response = await ev.request('GET', '/x', { anyStatus: true }).asResponse();
    expect([response.status, (await response.text()).length]).toEqual([503, 100_000]);
    expect(server.requests).toHaveLength(3);
  });
});
