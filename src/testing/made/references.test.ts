/** What made objects refer to exists: their parents, what is below them, and what only an expansion shows. */
import { beforeEach, expect, test } from 'vitest';
import { createFake, type Fake } from '../index.js';

const document = `
openapi: 3.1.0
info: { title: Harbour, version: '1' }
servers: [{ url: https://harbour.example.com/api }]
security: []
paths:
  /ships:
    get:
      operationId: list-ships
      parameters:
        - { name: Harbour-Pilot, in: header, schema: { type: string } }
        - { name: expand, in: query, explode: false, schema: { type: array, items: { enum: [latest_log, crew, flag, manifest, cabins, captain.home, papers] } } }
      x-header-effects: { Harbour-Pilot: [booking] }
      responses: { '200': { description: S, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Ship' } } } } } }
  /ships/{ship_id}:
    parameters: [{ name: ship_id, in: path, required: true, schema: { type: string, pattern: '^ship\\d{3}$' } }]
    get: { operationId: get-ship, responses: { '200': { description: S, content: { application/json: { schema: { $ref: '#/components/schemas/Ship' } } } } } }
  /ships/{ship_id}/logs:
    parameters: [{ name: ship_id, in: path, required: true, schema: { type: string } }]
    get: { operationId: list-logs, responses: { '200': { description: L, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Log' } } } } } } }
  /ships/{ship_id}/logs/{at}:
    parameters:
      - { name: ship_id, in: path, required: true, schema: { type: string } }
      - { name: at, in: path, required: true, schema: { type: string, format: date-time } }
    get: { operationId: get-log, responses: { '200': { description: L, content: { application/json: { schema: { $ref: '#/components/schemas/Log' } } } } } }
  /ships/{ship_id}/crew/{sailor_id}:
    parameters:
      - { name: ship_id, in: path, required: true, schema: { type: string } }
      - { name: sailor_id, in: path, required: true, schema: { type: integer } }
    get: { operationId: get-sailor, responses: { '200': { description: C, content: { application/json: { schema: { $ref: '#/components/schemas/Sailor' } } } } } }
    patch:
      operationId: change-sailor
      requestBody: { content: { application/json: { schema: { type: object, properties: { aboard: { type: string }, berth: { $ref: '#/components/schemas/Berth' } } } } } }
      responses: { '200': { description: C, content: { application/json: { schema: { $ref: '#/components/schemas/Sailor' } } } } }
  /ships/{ship_id}/cabins:
    parameters: [{ name: ship_id, in: path, required: true, schema: { type: string } }]
    get: { operationId: list-cabins, responses: { '200': { description: C, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Cabin' } } } } } } }
  /ships/{ship_id}/manifest:
    parameters: [{ name: ship_id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: get-manifest
      parameters:
        - { name: page_after, in: query, schema: { type: string } }
        - { name: expand, in: query, schema: { type: array, items: { enum: [ship] } } }
      responses:
        '200':
          description: M
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Manifest' }
              example: { url: 'https://harbour.example.com/api/ships/ship999/manifest', ship: 'https://harbour.example.com/api/ships/ship999', ship_id: ship999, tons: 3 }
        '404': { description: None }
        '400': { description: Wrong. }
    put:
      operationId: set-manifest
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Manifest' } } } }
      responses: { '200': { description: M, content: { application/json: { schema: { $ref: '#/components/schemas/Manifest' } } } } }
    delete: { operationId: clear-manifest, responses: { '204': { description: Cleared. } } }
  /dues:
    get:
      operationId: list-dues
      parameters: [{ name: ship_id, in: query, required: true, schema: { type: string } }]
      responses: { '200': { description: D, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Due' } } } } } }
  /ships/{ship_id}/sail:
    parameters: [{ name: ship_id, in: path, required: true, schema: { type: string } }]
    post: { operationId: sail-ship, responses: { '200': { description: S, content: { application/json: { schema: { $ref: '#/components/schemas/Ship' } } } } } }
components:
  schemas:
    Ship:
      type: object
      required: [id, url, latest_log, crew, flag, manifest, cabins, captain, booking, papers]
      properties:
        id: { type: string, pattern: '^ship\\d{3}$' }
        url: { type: string, format: uri }
        latest_log: { oneOf: [{ $ref: '#/components/schemas/Log' }, { type: [string, 'null'] }] }
        crew: { oneOf: [{ type: array, items: { type: string, format: uri } }, { type: array, items: { $ref: '#/components/schemas/Sailor' } }] }
        flag: { oneOf: [{ type: string }, { $ref: '#/components/schemas/Flag' }] }
        manifest: { oneOf: [{ type: string, format: uri }, { $ref: '#/components/schemas/Manifest' }] }
        cabins: { oneOf: [{ type: string, format: uri }, { type: array, items: { $ref: '#/components/schemas/Cabin' } }] }
        captain: { oneOf: [{ type: string, format: uri }, { type: object, required: [name], properties: { name: { type: string }, home: { oneOf: [{ type: string, format: uri }, { $ref: '#/components/schemas/Flag' }] } } }] }
        papers: { type: string, format: uri }
        booking: { type: string }
    Log: { type: object, required: [at, ship], properties: { at: { type: string, format: date-time }, url: { type: string, format: uri }, ship: { type: string, format: uri } } }
    Due: { type: object, required: [id, ship], properties: { id: { type: string }, ship: { type: string, format: uri } } }
    Sailor: { type: object, required: [id, url], properties: { id: { type: integer, minimum: 1 }, url: { type: string, format: uri }, ship_id: { type: string }, aboard: { oneOf: [{ type: string, format: uri }, { $ref: '#/components/schemas/Ship' }] }, berth: { $ref: '#/components/schemas/Berth' } } }
    Berth: { type: object, required: [id, deck], properties: { id: { type: string, readOnly: true }, deck: { type: integer }, lamp: { type: object, required: [id], properties: { id: { type: string, readOnly: true } } } } }
    Cabin: { type: object, required: [number], properties: { id: { type: integer, minimum: 1 }, number: { type: integer } } }
    Flag: { type: object, required: [id, colour], properties: { id: { type: string }, url: { type: string, format: uri }, colour: { type: string } } }
    Manifest:
      type: object
      required: [url, ship, tons]
      properties:
        url: { type: string, format: uri, readOnly: true }
        ship: { oneOf: [{ type: string, format: uri }, { $ref: '#/components/schemas/Ship' }] }
        ship_id: { type: string }
        tons: { type: integer }
`;

let fake: Fake;
beforeEach(async () => {
  fake = await createFake({ document, data: () => ({ tables: [] }) });
});

async function send(method: string, path: string, body?: unknown) {
  const url = path.startsWith('http') ? path : `${fake.url}${path}`;
  const headers = { 'content-type': 'application/json' };
  const response = await fake.fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

async function ship(expand = '') {
  const { body } = await send('GET', `/ships${expand && `?expand=${expand}`}`);
  return body[1];
}

test('what stands below an item says so, whatever the example of the document names', async () => {
  const { id, url } = await ship();
  const { body } = await send('GET', `/ships/${id}/manifest`);
  expect(body).toEqual({ url: `${url}/manifest`, ship: url, ship_id: id, tons: 3 });
  const logs = (await send('GET', `/ships/${id}/logs`)).body;
  expect(logs.map((log: { ship: string }) => log.ship)).toEqual([url, url, url]);
});

test('what happens to an item is answered with that item', async () => {
  const one = await ship();
  expect((await send('POST', `/ships/${one.id}/sail`)).body).toEqual(one);
});

test('a reference to what is below an item leads there, the latest to the last in order', async () => {
  const { url, latest_log } = await ship();
  const logs = (await send('GET', `${url}/logs`)).body;
  expect(latest_log).toBe(logs.at(-1).url);
  expect((await ship('latest_log')).latest_log).toEqual(logs.at(-1));
});

test('a list of references names what is there, and an expansion shows each', async () => {
  const { url, crew } = await ship();
  expect(crew).toHaveLength(2);
  const sailors = await Promise.all(crew.map(async (one: string) => (await send('GET', one)).body));
  expect(sailors.map((sailor) => sailor.url)).toEqual(crew);
  expect(crew[0].startsWith(`${url}/crew/`)).toBe(true);
  expect((await ship('crew')).crew).toEqual(sailors);
});

test('a reference to a single object or a list below an item leads to it', async () => {
  const { url, manifest, cabins } = await ship();
  expect([manifest, cabins]).toEqual([`${url}/manifest`, `${url}/cabins`]);
  const expanded = await ship('manifest,cabins');
  expect(expanded.manifest).toEqual((await send('GET', manifest)).body);
  expect(expanded.cabins).toEqual((await send('GET', cabins)).body);
});

test('a reference to what no operation shows is an address of the API, and an expansion makes the object', async () => {
  const { url, flag, captain } = await ship();
  expect([flag, captain]).toEqual([`${url}/flag`, `${url}/captain`]);
  const expanded = await ship('flag,captain.home');
  expect(expanded.flag).toMatchObject({ url: flag, colour: expect.any(String) });
  expect(expanded.captain).toMatchObject({ name: expect.any(String), home: { colour: expect.any(String) } });
  expect(await ship('flag,captain.home')).toEqual(expanded);
});

test('a field that is described as an address alone stays one, also where it can be asked to expand', async () => {
  expect((await ship('papers')).papers).toBe((await ship()).papers);
});

test('a field that depends on the user is an address, also where it is described as text only', async () => {
  expect(URL.canParse((await ship()).booking)).toBe(true);
});

test('what was deleted is gone until it is set again, and keeps what may be set', async () => {
  const [first, other] = (await send('GET', '/ships')).body;
  const path = `/ships/${first.id}/manifest`;
  expect((await send('DELETE', path)).status).toBe(204);
  expect((await send('GET', path)).status).toBe(404);
  const set = await send('PUT', path, { tons: 8, url: 'https://x.example', ship: other.url });
  expect(set.body).toMatchObject({ tons: 8, ship: other.url });
  expect(set.body.url).not.toBe('https://x.example');
  expect((await send('GET', path)).body).toEqual(set.body);
});

test.each([
  ['must be an address', () => 'Queen Mary'],
  ['must be an address of this API', () => 'https://ships.example.org/ships/ship999'],
  ['leads to nothing', () => `${fake.url}/ships/none`],
])('a reference that %s is refused, and nothing changes', async (message, reference) => {
  const [sailor] = (await ship()).crew;
  const before = await send('GET', sailor);
  const { status, body } = await send('PATCH', sailor, { aboard: reference() });
  expect(status).toBe(400);
  expect(body.field_errors).toEqual({ aboard: [message] });
  expect(await send('GET', sailor)).toEqual(before);
});

test('a reference to what is there is kept, and one on the servers that the document names', async () => {
  const { url, crew } = await ship();
  for (const reference of [url, 'https://harbour.example.com/api/ships/ship999'])
    expect((await send('PATCH', crew[0], { aboard: reference })).body).toMatchObject({ aboard: reference });
});

test('an object that is written gets what only the API sets; one that cannot be shown so is refused', async () => {
  const [sailor] = (await ship()).crew;
  const { body } = await send('PATCH', sailor, { berth: { deck: 3 } });
  expect(body.berth).toMatchObject({ id: expect.any(String), deck: 3 });
  const refused = await send('PATCH', sailor, { berth: { deck: 4, lamp: {} } });
  expect(refused.status).toBe(400);
  expect(refused.body.field_errors).toMatchObject({ 'berth.lamp.id': ['is required'] });
  expect((await send('GET', sailor)).body).toEqual(body);
});

test('a cursor into what has no pages is refused, for none was given out', async () => {
  const path = `/ships/${(await ship()).id}/manifest`;
  expect((await send('GET', `${path}?page_after=nowhere`)).status).toBe(400);
  expect((await send('GET', `${path}?page_after=2026-01-01T00:00:00Z`)).status).toBe(200);
});

test('where a query has to name the object of a list, the first ones have items', async () => {
  const { body: ships } = await send('GET', '/ships');
  const dues = async (id: string) => (await send('GET', `/dues?ship_id=${id}`)).body;
  for (const { id, url } of ships.slice(0, 3)) {
    const shown = await dues(id);
    expect(shown.length).toBeGreaterThan(0);
    expect(new Set(shown.map((due: { ship: string }) => due.ship))).toEqual(new Set([url]));
  }
  expect(await dues('ship999')).toEqual([]);
});
