import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from '../../../scripts/test/http.js';
import { parseOpenApi } from '../../document/index.js';
import { type Fake, startFake } from '../index.js';

// Without servers, security schemes and version header, which a document may leave out.
const document = parseOpenApi(`
openapi: 3.1.0
info: { title: Paints, version: '3.1' }
security: []
paths:
  /paints:
    get:
      operationId: list-paints
      parameters:
        - { name: colour, in: query, schema: { type: array, items: { type: string } } }
        - { name: size, in: query, explode: false, schema: { type: array, items: { $ref: '#/components/schemas/Size' } } }
        - { name: tags, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: string, maxLength: 3 } } }
        - { name: matt, in: query, schema: { type: boolean } }
        - { name: price, in: query, schema: { type: number } }
        - { name: layers, in: query, schema: { type: array, items: { enum: [1, 2.5, any] } } }
        - { name: shop, in: query, required: true, schema: { type: string } }
        - { name: lane, in: query, x-requires-one-of: [matt, price], schema: { type: string } }
        - { name: near, in: query, x-excludes: [lane, town], schema: { type: string } }
        - { name: Trace, in: header, schema: { type: integer } }
        - { name: Api-Version, in: header, schema: { type: integer } }
      responses:
        '200': { description: Paints., headers: { Api-Version: { schema: { type: integer } } } }
  /paints/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: get-paint, responses: { '200': { description: A paint. } } }
  /paints/newest:
    get: { operationId: newest, responses: { '200': { description: N, content: { application/json: { example: 1 } } } } }
components:
  schemas: { Size: { type: integer, minimum: 1 } }
`);

let fake: Fake;
beforeAll(async () => {
  const paint = (id: string, colour: string, size: number, matt: boolean) => ({
    id,
    colour,
    size,
    matt,
    price: size + 0.5,
  });
  const items = () => [
    paint('a', 'red', 1, true),
    paint('b', 'blue', 1, false),
    { id: 'c', size: 2, colour: null },
  ];
  fake = await startFake({
    document,
    data: () => ({ tables: [{ path: '/paints', key: 'id', items }] }),
    rateLimit: { anonymous: 1000 },
  });
});
afterAll(() => fake.close());

const get = (query: string, headers = {}) => request(`${fake.url}/paints?shop=x&${query}`, { headers });

test.each([
  ['', 'abc'],
  ['colour=red&colour=blue', 'ab'],
  ['size=1,2', 'abc'],
  ['size=2', 'c'],
  ['matt=true', 'a'],
  ['price=1.5', 'ab'],
  ['tags=x|y', 'abc'],
  ['layers=1&layers=2.5&layers=any', 'abc'],
])('%s selects %s', async (query, expected) => {
  const { body } = await get(query);
  expect(body.map(({ id }: { id: string }) => id).join('')).toBe(expected);
});

test.each([
  ['size=1,0', {}, 'size'],
  ['size=1,x', {}, 'size'],
  ['tags=long', {}, 'tags'],
  ['tags=a|long', {}, 'tags'],
  ['matt=yes', {}, 'matt'],
  ['price=1,5', {}, 'price'],
  ['layers=2', {}, 'layers'],
  ['', { Trace: 'x' }, 'Trace'],
])('%s %j is refused for %s', async (query, headers, name) => {
  const { status, body } = await get(query, headers);
  expect([status, Object.keys(body.field_errors)]).toEqual([400, [name]]);
});

test('a required parameter that is missing is named', async () => {
  const { status, body } = await request(`${fake.url}/paints`);
  expect([status, body.field_errors]).toEqual([400, { shop: ['is required'] }]);
});

test('a parameter that needs one of others is refused without them', async () => {
  const { status, body } = await get('lane=a');
  const why = ['is required with lane'];
  expect([status, body.field_errors]).toEqual([400, { matt: why, price: why }]);
  expect((await get('lane=a&matt=true')).status).toBe(200);
});

test('a parameter is refused beside one that it must not come with', async () => {
  const { status, body } = await get('near=a&lane=b&matt=true');
  expect([status, body.field_errors]).toEqual([400, { lane: ["can't be sent with near"] }]);
  expect((await get('near=a&matt=true')).status).toBe(200);
});

test('a path that stands in the document wins over one with parameters', async () => {
  expect((await request(`${fake.url}/paints/newest`)).body).toBe(1);
  expect((await request(`${fake.url}/paints/a`)).body.id).toBe('a');
});

test('what the document leaves out has defaults', async () => {
  expect(new URL(fake.url).pathname).toBe('/');
  expect(new URL(fake.tokenUrl).pathname).toBe('/o/token/');
  const { headers } = await get('');
  expect(headers.get('api-version')).toBe('3');
  expect((await get('', { 'Api-Version': '2' })).status).toBe(400);
});

test('a path with two slashes is just a path', async () => {
  expect((await request(`${fake.url}//paints?shop=x`)).status).toBe(404);
});
