/** What requests must contain and where they go, on a small document with kinds that the vendored one lacks. */
import { beforeEach, expect, test } from 'vitest';
import { createFake, type Fake } from '../index.js';

const document = `
openapi: 3.1.0
info: { title: Parcels, version: '1' }
security: []
paths:
  /parcels:
    post:
      operationId: send-parcel
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Parcel' } }
          application/xml; charset=utf-8: {}
          image/*: {}
      responses: { '201': { description: It., content: { application/json: { example: { sent: true } } } } }
  /parcels/{parcel_id}:
    parameters: [{ name: parcel_id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: get-parcel
      responses:
        '200': { description: It., content: { application/json: { example: { kept: true } } } }
        '400': { description: No., content: { application/problem+json: { schema: { properties: { instance: { type: string, format: INSTANCE } } } } } }
  /parcels/{parcel_id}:forward:
    parameters: [{ name: parcel_id, in: path, required: true, schema: { type: string } }]
    post:
      operationId: forward-parcel
      responses: { '200': { description: It., content: { application/json: { example: { forwarded: true } } } } }
components:
  schemas:
    Numbered: { type: object, required: [number], properties: { number: { type: integer, readOnly: true } } }
    Receipt: { type: string, readOnly: true }
    Parcel:
      type: object
      required: [content, box, parts]
      properties:
        content: { type: string }
        receipt: { $ref: '#/components/schemas/Receipt' }
        secret: { type: string, writeOnly: true }
        parts:
          type: array
          items: { type: object, required: [id, name], properties: { id: { type: string, readOnly: true }, name: { type: string } } }
        box:
          oneOf:
            - { type: object, required: [width, volume], properties: { width: { type: integer }, volume: { type: integer, readOnly: true } } }
            - type: 'null'
      allOf: [{ $ref: '#/components/schemas/Numbered' }, { required: [secret, receipt] }]
      not: { required: [number, stolen] }
`;

let fake: Fake;
beforeEach(async () => {
  fake = await createFake({ document, data: () => ({ tables: [] }) });
});

const post = (path: string, body?: unknown, type = 'application/json') =>
  fake.fetch(`${fake.url}${path}`, {
    method: 'POST',
    ...(body === undefined
      ? {}
      : { body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': type } }),
  });

const parcel = { content: 'Books', secret: 's', box: { width: 3 }, parts: [{ name: 'one' }] };

test('a request needs no readOnly field, in allOf, behind a $ref, in a list and in a branch alike', async () => {
  expect((await post('/parcels', parcel)).status).toBe(201);
  expect((await post('/parcels', { ...parcel, number: 7, receipt: 'r' })).status).toBe(201);
});

test('a request still needs everything else, writeOnly fields included', async () => {
  const { secret: _, ...incomplete } = { ...parcel, box: {}, parts: [{}] };
  const response = await post('/parcels', incomplete);
  expect(response.status).toBe(400);
  const { field_errors } = (await response.json()) as { field_errors: object };
  expect(Object.keys(field_errors)).toEqual(expect.arrayContaining(['secret', 'parts.0.name', 'box.width']));
  expect(Object.keys(field_errors)).not.toContain('parts.0.id');
});

test('what a document forbids together stays forbidden, readOnly or not', async () => {
  expect((await post('/parcels', { ...parcel, stolen: true })).status).toBe(201);
  expect((await post('/parcels', { ...parcel, number: 7, stolen: true })).status).toBe(400);
});

test.each([
  ['application/xml', 201],
  ['image/png', 201],
  ['text/plain', 415],
])('a body of the type %s gives %i', async (type, status) => {
  expect((await post('/parcels', 'anything', type)).status).toBe(status);
});

test.each([
  ['uri-reference', '/parcels/1/2', '/parcels/1/2'],
  ['uri', '/parcels/1/2', 'https://fake.invalid/parcels/1/2'],
  ['uri-reference', '/parcels/1/%E0%A4%A', undefined],
  ['uuid', '/parcels/1/2', undefined],
])('a problem names its request as %s where that can be: %s', async (format, path, instance) => {
  const text = document.replaceAll('INSTANCE', format);
  const strict = await createFake({ document: text, data: () => ({ tables: [] }) });
  const problem = (await (await strict.fetch(`${strict.url}${path}`)).json()) as { instance?: string };
  expect(problem.instance).toBe(instance);
});

test('an action behind a colon is an operation of its own, and a colon in an id is a colon', async () => {
  const get = async (path: string) => (await fake.fetch(`${fake.url}${path}`)).json();
  expect(await (await post('/parcels/7:forward')).json()).toEqual({ forwarded: true });
  expect(await get('/parcels/2026-01-01T10:00:00Z')).toEqual({ kept: true });
  const wrong = await fake.fetch(`${fake.url}/parcels/7:forward`);
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
});
