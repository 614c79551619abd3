import { expect, test } from 'vitest';
import { type OpenApiDocument, parseOpenApi } from '../src/document/index.js';
import { Problem } from '../src/testing/index.js';
import type { Call } from '../src/testing/world.js';
import { checkChanged } from './kit.js';

/** An operation that redirects, or with `as` answers in JSON, for which it needs a `shop` or a `town`. */
const text = `
openapi: 3.1.0
info: { title: Doors, version: '1.0' }
servers: [{ url: https://doors.example.com/v1 }]
paths:
  /door:
    get:
      operationId: get-door
      security: []
      parameters:
        - { name: as, in: query, schema: { type: string, enum: [json] }, example: json, x-requires-one-of: [town, shop] }
        - { name: town, in: query, schema: { type: string, pattern: '^town\\d$' }, example: town1 }
        - { name: shop, in: query, schema: { type: string, pattern: '^shop\\d$' }, example: shop1 }
      responses:
        '200': { description: Where., content: { application/json: { schema: { type: object }, example: {} } } }
        '302': { description: Go there., headers: { Location: { required: true, schema: { type: string }, example: 'https://x.example.com/' } } }
        '400': { description: No., content: { application/problem+json: { schema: { type: object }, example: { title: No, status: 400 } } } }
`;

function door({ query }: Call) {
  if (query.as === undefined) return { status: 302, headers: { Location: 'https://elsewhere.example.com/' } };
  if (query.town === undefined && query.shop === undefined)
    throw new Problem(400, 'No', 'Name a town or a shop.');
  return { status: 200, body: {} };
}

const violations = async (document: OpenApiDocument, answer: typeof door = door) => {
  const data = () => ({ tables: [], answers: { 'GET /door': answer } });
  return (await checkChanged({ document, data })).violations;
};

test('a redirect that is described is a success, also without a token', async () => {
  expect(await violations(parseOpenApi(text))).toEqual([]);
});

test('a redirect that the document does not describe is a violation', async () => {
  const other = parseOpenApi(text.replace("'302'", "'418'"));
  const found = await violations(other);
  expect(new Set(found.map(({ rule }) => rule))).toContain('status-declared');
});

test('a redirect that lacks its Location is a violation', async () => {
  const found = await violations(parseOpenApi(text), (call) => ({ ...door(call), headers: {} }) as never);
  expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(['header-present']));
});

test('a parameter that needs another is sent with it', async () => {
  const alone = parseOpenApi(text.replace(', x-requires-one-of: [town, shop]', ''));
  const found = await violations(alone);
  expect(found).toMatchObject([{ rule: 'parameters-accepted', operation: 'get-door', found: '400' }]);
});

test('parameters of which one excludes the other are never sent together', async () => {
  const listed = parseOpenApi(`
openapi: 3.1.0
info: { title: Doors, version: '1.0' }
servers: [{ url: https://doors.example.com/v1 }]
paths:
  /doors:
    get:
      operationId: list-doors
      security: []
      x-collection: { key: id }
      parameters:
        - { name: colour, in: query, schema: { type: string }, example: red, x-excludes: [wood] }
        - { name: wood, in: query, schema: { type: string }, example: oak }
      responses:
        '200': { description: Doors., content: { application/json: { schema: { type: array, items: { type: object, required: [id, colour, wood], properties: { id: { type: string }, colour: { type: string }, wood: { type: string } } } } } } }
        '400': { description: No., content: { application/problem+json: { schema: { type: object } } } }
`);
  const door = (id: string, colour: string, wood: string) => ({ id, colour, wood });
  const items = () => [door('a', 'red', 'oak'), door('b', 'blue', 'oak'), door('c', 'red', 'ash')];
  const data = () => ({ tables: [{ path: '/doors', key: 'id', items }] });
  expect((await checkChanged({ document: listed, data })).violations).toEqual([]);
});
