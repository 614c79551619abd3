import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { OpenApiDocument } from '../../src/document/index.js';
import { generate } from './generate.js';

/** A document with one operation. */
const operation = (method: string, responses: string, parameters = ''): OpenApiDocument =>
  parse(`openapi: 3.1.0
info: { title: T, version: '1.0' }
paths:
  /things/{id}:
    ${method}:
      operationId: get-things-id
      description: Gives a thing.
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        ${parameters}
      responses:
        ${responses}
`);

const THING = "'200': { description: A thing., content: { application/json: { schema: { type: object } } } }";
const EXPAND =
  '- { name: expand, in: query, schema: { type: array, items: { type: string, enum: [owner] } } }';

const file = async (name: string, ...document: Parameters<typeof operation>) =>
  (await generate(operation(...document))).get(name);

describe('what is generated', () => {
  it('tells at a method that may be redirected, and at no other, what becomes of that in a browser', async () => {
    const hint = 'A browser hides where one leads';
    expect(await file('client.ts', 'get', THING)).not.toContain(hint);
    const redirect = `'302': { description: Elsewhere. }\n        ${THING}`;
    expect(await file('client.ts', 'get', redirect)).toContain(hint);
  });

  it.each([
    [`'202': { description: Begun. }\n        ${THING}`, 'get', true],
    [THING, 'head', true],
    [THING, 'get', false],
  ])('says of an operation whether a success may be empty: %s of %s', async (responses, method, empty) => {
    expect((await file('operations.ts', method, responses))?.includes('empty: true')).toBe(empty);
  });

  it.each([
    ['the usual one is left out', 'get', "op: 'GET /things/{id}', public"],
    ['another is told', 'put', "op: 'PUT /things/{id}', id: 'get-things-id', public"],
  ])(
    'has the id of an operation only where it does not follow from method and path: %s',
    async (_, method, entry) => {
      expect(await file('operations.ts', method, THING)).toContain(entry);
    },
  );

  it.each([
    ['by cursor', "'cursor'", '- { name: page_after, in: query, schema: { type: string } }'],
    ['all at once', "'whole'", ''],
  ])('says of a collection how it is paged: %s', async (_, list, parameter) => {
    const things =
      "'200': { description: Things., content: { application/json: { schema: { type: array, items: { type: object } } } } }";
    expect(await file('operations.ts', 'get', things, parameter)).toContain(`list: ${list}`);
    expect(await file('operations.ts', 'get', THING, parameter)).not.toContain("list: '");
  });

  it('has a signature without parameters where a method expands, unless they are required', async () => {
    const alone = /^ {2}retrieve\(id: string\): ApiPromise<.*>;$/m;
    expect(await file('client.ts', 'get', THING, EXPAND)).toMatch(alone);
    const required = `${EXPAND}\n        - { name: at, in: query, required: true, schema: { type: string } }`;
    const client = await file('client.ts', 'get', THING, required);
    expect(client).not.toMatch(alone);
    expect(client).toContain('params: Given<ThingsRetrieveParams<E>, P>');
  });
});
