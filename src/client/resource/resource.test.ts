import { expect, test } from 'vitest';
import { type Reply, serve } from '../../../scripts/test/http-server.js';
import { EvEnergy } from '../../index.js';
import type { OperationRow } from './operation-row.js';
import { type Core, Resource } from './resource.js';

/** Calls an operation of any row, as generated methods do. */
class AnyResource extends Resource {
  call(row: Partial<OperationRow>, params?: object, body?: unknown) {
    const whole: OperationRow = {
      id: 'any',
      method: 'GET',
      path: '/any',
      public: true,
      query: 'a b c d e f',
      ...row,
    };
    return this._call(whole, {}, params, body);
  }
}

async function resource(reply: Reply = { body: {} }) {
  const server = await serve(() => reply);
  const { _core } = new EvEnergy({ baseUrl: server.url }).evseMakes as unknown as { _core: Core };
  return { any: new AnyResource(_core), server, query: () => server.requests.at(-1)?.query.toString() };
}

test.each([
  [undefined, 'a=1&a=2%2C3'],
  ['form' as const, 'a=1,2%2C3'],
  ['pipeDelimited' as const, 'a=1|2%2C3'],
  ['spaceDelimited' as const, 'a=1%202%2C3'],
])('an array is written in the style %s', async (style, text) => {
  const { any, query } = await resource();
  await any.call(style ? { styles: { a: style } } : {}, { a: ['1', '2,3'] });
  expect(query()).toBe(new URLSearchParams(text).toString());
});

test('an object is written deeply or in a form', async () => {
  const { any, query } = await resource();
  await any.call({ styles: { a: 'deepObject' } }, { a: { b: 1, c: 'd' }, e: 2 });
  expect(query()).toBe(new URLSearchParams('a[b]=1&a[c]=d&e=2').toString());
  await any.call({ styles: { a: 'form' } }, { a: { b: 1, c: 'd' } });
  expect(query()).toBe(new URLSearchParams('a=b,1,c,d').toString());
});

test('undefined, null and empty arrays are left out; dates are written as such', async () => {
  const { any, query } = await resource();
  await any.call({}, { a: undefined, b: null, c: [], d: new Date(0), e: false, f: 0 });
  expect(query()).toBe(new URLSearchParams('d=1970-01-01T00:00:00.000Z&e=false&f=0').toString());
});

test('a header parameter whose name is a query parameter elsewhere is known by its row', async () => {
  const { any, server } = await resource();
  await any.call({ headers: ['a'] }, { a: 'in header', b: 'in query' });
  expect(server.requests[0]?.headers.a).toBe('in header');
  expect(server.requests[0]?.query.toString()).toBe('b=in+query');
});

test('the body is sent in the media type of the row', async () => {
  const { any, server } = await resource();
  await any.call({ method: 'PATCH', body: 'application/merge-patch+json' }, undefined, { a: null });
  expect(server.requests[0]?.headers['content-type']).toBe('application/merge-patch+json');
  expect(server.requests[0]?.body).toBe('{"a":null}');
});

test('a redirect that the document declares is handed over, not followed', async () => {
  const { any, server } = await resource({ status: 302, headers: { location: '/somewhere?x=1' } });
  expect(await any.call({ redirect: true })).toEqual({
    status: 302,
    location: `${server.url}/somewhere?x=1`,
  });
  expect(server.requests).toHaveLength(1);
});

test('only where the row says so may a success other than 204 have no body', async () => {
  const created = await resource({ status: 201 });
  await expect(created.any.call({ method: 'POST' })).rejects.toMatchObject({
    name: 'UnreadableBodyError',
    status: 201,
  });
  expect(await created.any.call({ method: 'POST', empty: true })).toBeUndefined();
  const none = await resource({ status: 204 });
  expect(await none.any.call({ method: 'POST' })).toBeUndefined();
});

test('a misspelt parameter is refused with the name that was meant, and nothing is sent', async () => {
  const { any, server } = await resource();
  const row = { query: 'status supplier_id', list: 'cursor', range: 'sampled_at' } as const;
  for (const [name, meant] of [
    ['statsu', 'status'],
    ['supplierId', 'supplier_id'],
    ['pagesize', 'page_size'],
    ['sampled_at_gte', 'sampled_at__gte'],
  ] as const)
    await expect(any.call(row, { [name]: 'a' })).rejects.toThrow(
      `${name}: is not a parameter of any; did you mean ${meant}?`,
    );
  await expect(any.call({ query: 'a b' }, { timeout: 5 })).rejects.toThrow(
    'timeout: is not a parameter of any; there are a, b',
  );
  await expect(any.call({ query: '' }, { a: 5 })).rejects.toThrow(
    'a: is not a parameter of any; there is none',
  );
  expect(server.requests).toEqual([]);
});

test('a list refuses a misspelt parameter too, before its first page', async () => {
  const server = await serve(() => ({ body: [] }));
  const { evses } = new EvEnergy({ baseUrl: server.url, accessToken: 'a' });
  const misspelt = { page_sise: 3 } as object;
  await expect(evses.list(misspelt)).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: 'page_sise: is not a parameter of get-evses; did you mean page_size?',
  });
  await expect(evses.list(misspelt).toArray()).rejects.toThrow('did you mean page_size?');
  expect(server.requests).toEqual([]);
});
