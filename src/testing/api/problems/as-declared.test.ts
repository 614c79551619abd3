/** The fake's answers where a document declares them in its own way. */
import { expect, test } from 'vitest';
import { createFake } from '../../index.js';

const document = `
openapi: 3.1.0
info: { title: Depots, version: '1' }
servers: [{ url: https://depots.example.com/v1 }]
security: []
paths:
  /depots:
    get:
      operationId: list-depots
      parameters:
        - { name: page, in: query, schema: { type: number } }
        - { name: state, in: query, schema: { enum: [open, closed] } }
      responses:
        '200': { description: D, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Depot' } } } } }
        '400': { description: Wrong., content: { application/problem+json: { example: { type: 'https://depots.example.com/problems/odd-filter/', title: Odd } } } }
  /depots/{depot_id}:
    parameters: [{ name: depot_id, in: path, required: true, schema: { type: string, pattern: '^dpot\\d{4}$' } }]
    get:
      operationId: get-depot
      responses:
        '200': { description: D, content: { application/json: { schema: { $ref: '#/components/schemas/Depot' } } } }
        '404': { description: None. }
  /depots/{depot_id}/gates:
    parameters: [{ name: depot_id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: list-gates
      responses: { '200': { description: G, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Gate' } } } } } }
  /audits:
    post:
      operationId: start-audit
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [year], properties: { year: { type: integer } } } } } }
      responses:
        '204': { description: Begun. }
        '422': { description: Wrong., content: { application/json: { schema: { type: object, required: [errors], properties: { errors: { type: array, minItems: 1, items: { type: string } } } } } } }
components:
  schemas:
    Depot: { type: object, required: [id, url], properties: { id: { type: string, pattern: '^dpot\\d{4}$' }, url: { type: string, format: uri } } }
    Gate:
      type: object
      required: [id, depot]
      properties:
        id: { type: string }
        depot: { type: string, format: uri, example: 'https://depots.example.com/v1/depots/dpot0000' }
`;
const fake = await createFake({ document, data: () => ({ tables: [] }) });

async function get(path: string) {
  const response = await fake.fetch(fake.url + path);
  return { status: response.status, body: await response.json() };
}

test('a problem has the type that all examples of the error have', async () => {
  const { status, body } = await get('/depots?state=half-open');
  expect([status, body.type]).toEqual([400, 'https://depots.example.com/problems/odd-filter/']);
});

test('pages are numbered from 1, also where the schema does not say so', async () => {
  expect((await get('/depots?page=0')).status).toBe(400);
  expect((await get('/depots?page=1')).status).toBe(200);
});

test('an id that cannot be one is not found, where the operation knows no 400', async () => {
  expect((await get('/depots/nowhere')).status).toBe(404);
});

test('what is below an object refers to that object, whatever the example shows', async () => {
  const depot = (await get('/depots')).body[1];
  const gates = (await get(`/depots/${depot.id}/gates`)).body;
  expect(gates.length).toBeGreaterThan(0);
  for (const gate of gates) expect(gate.depot).toBe(depot.url);
});

test('what is not valid is refused by the status, media type and schema that the operation has for it', async () => {
  const response = await fake.fetch(`${fake.url}/audits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([422, 'application/json']);
  expect((await response.json()).errors).toContainEqual(expect.any(String));
});
