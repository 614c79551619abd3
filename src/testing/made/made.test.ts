/** A document without data in the fake: every operation answers, and what was answered can be requested again. */
import { beforeEach, describe, expect, test } from 'vitest';
import { linkTo } from '../../../scripts/test/http.js';
import { createFake, type Fake } from '../index.js';

const document = `
openapi: 3.1.0
info: { title: Museum, version: '1' }
servers: [{ url: https://museum.example.com/v1 }]
security: [{ oauth: [art:read] }]
paths:
  /moods:
    get:
      operationId: list-moods
      parameters: [{ name: mood, in: query, schema: { enum: [calm, loud] } }]
      responses: { '200': { description: M, content: { application/json: { schema: { type: array, items: { type: object, required: [mood], properties: { mood: { enum: [calm, loud] } } } } } } } }
  /statistics:
    get:
      operationId: get-statistics
      parameters:
        - { name: resolution, in: query, schema: { enum: [day, month] } }
        - { name: words, in: query, schema: { type: string } }
      responses: { '200': { description: S, content: { application/json: { schema: { type: object, required: [resolution, words], properties: { resolution: { enum: [day, month] }, words: { type: string, example: few } } } } } } }
  /rooms:
    get:
      operationId: list-rooms
      parameters:
        - { name: page_after, in: query, schema: { type: string, pattern: '[a-z]{4}\\d{6}' } }
        - { name: page_before, in: query, schema: { type: string, pattern: '[a-z]{4}\\d{6}' } }
        - { name: page_size, in: query, schema: { type: integer, minimum: 1, maximum: 50 } }
        - { name: expand, in: query, schema: { type: array, items: { enum: [best_picture] } } }
      responses: { '200': { description: R, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Room' } } } } } }
    post:
      operationId: add-room
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Room' } } } }
      responses: { '202': { description: R, content: { application/json: { schema: { type: object, required: [room], properties: { room: { $ref: '#/components/schemas/Room' } } } } } } }
  /rooms/{room_id}:
    parameters: [{ name: room_id, in: path, required: true, schema: { type: string, pattern: '^room\\d{6}$', example: room000007 } }]
    get: { operationId: get-room, responses: { '200': { description: R, content: { application/json: { schema: { $ref: '#/components/schemas/Room' } } } } } }
    patch:
      operationId: change-room
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Room' } } } }
      responses: { '200': { description: R, content: { application/json: { schema: { $ref: '#/components/schemas/Room' } } } } }
    delete: { operationId: close-room, responses: { '200': { description: R, content: { application/json: { schema: { type: object, required: [closed], properties: { closed: { const: true } } } } } } } }
  /rooms/{room_id}/visits:
    parameters: [{ name: room_id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: list-visits
      responses: { '200': { description: V, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Visit' } } } } } }
  /rooms/{room_id}/climate:
    parameters: [{ name: room_id, in: path, required: true, schema: { type: string } }]
    get: { operationId: get-climate, responses: { '200': { description: C, content: { application/json: { schema: { $ref: '#/components/schemas/Climate' } } } } } }
    put:
      operationId: set-climate
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Climate' } } } }
      responses: { '200': { description: C, content: { application/json: { schema: { $ref: '#/components/schemas/Climate' } } } } }
  /rooms/{room_id}:clean:
    parameters: [{ name: room_id, in: path, required: true, schema: { type: string } }]
    post: { operationId: clean-room, responses: { '204': { description: Done. } } }
  /shelves/{shelf_id}:
    parameters: [{ name: shelf_id, in: path, required: true, schema: { type: integer } }]
    get: { operationId: get-shelf, responses: { '200': { description: S, content: { application/json: { schema: { $ref: '#/components/schemas/SentShelf' } } } } } }
    patch:
      operationId: change-shelf
      requestBody: { content: { application/json: { schema: { type: object, properties: { label: { type: string } } } } } }
      responses: { '200': { description: S, content: { application/json: { schema: { $ref: '#/components/schemas/SentShelf' } } } } }
  /pictures/{picture_id}:
    parameters: [{ name: picture_id, in: path, required: true, schema: { type: string } }]
    get: { operationId: get-picture, responses: { '200': { description: P, content: { application/json: { schema: { $ref: '#/components/schemas/Picture' } } } } } }
  /map: { get: { operationId: get-map, responses: { '200': { description: M, content: { image/*: {} } } } } }
  /floors: { get: { operationId: get-floors, responses: { '200': { description: F, content: { text/csv: { example: "floor\\n1\\n" }, application/json: { schema: { type: string, example: one } } } } } } }
  /shop: { get: { operationId: visit-shop, responses: { '302': { description: S, headers: { Location: { schema: { type: string, format: uri } } } } } } }
  /report:
    post: { operationId: start-report, responses: { '202': { description: R, headers: { Retry-After: { schema: { type: integer, minimum: 1 } }, X-Ratelimit-Remaining: { schema: { const: 7 } } } } } }
  /unknown: { get: { operationId: get-unknown, responses: { default: { description: Whatever. } } } }
  /impossible: { get: { operationId: get-impossible, responses: { '200': { description: I, content: { application/json: { schema: { type: integer, minimum: 5, maximum: 4 } } } } } } }
components:
  securitySchemes: { oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: https://museum.example.com/token, scopes: {} } } } }
  schemas:
    SentShelf:
      type: object
      required: [sent_at, data]
      properties:
        sent_at: { type: string, format: date-time }
        data: { type: object, required: [id, label], properties: { id: { type: integer }, label: { type: string } } }
    Room:
      type: object
      required: [id, url, name, best_picture]
      properties:
        id: { type: string, readOnly: true, pattern: '^room' }
        url: { type: string, format: uri, readOnly: true }
        name: { type: string, example: Hall }
        best_picture: { oneOf: [{ type: string, format: uri }, { $ref: '#/components/schemas/Picture' }], readOnly: true }
    Picture: { type: object, required: [id, url, title], properties: { id: { type: string }, url: { type: string, format: uri }, title: { type: string } } }
    Visit: { type: object, required: [at, room, room_id], properties: { at: { type: string, format: date-time }, room_id: { type: string }, room: { oneOf: [{ type: string, format: uri }, { $ref: '#/components/schemas/Room' }] } } }
    Climate: { type: object, required: [degrees], properties: { degrees: { type: number, example: 20 }, humid: { type: boolean } } }
`;

let fake: Fake;
beforeEach(async () => {
  fake = await createFake({ document, data: () => ({ tables: [] }) });
});

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fake.fetch(path.startsWith('http') ? path : `${fake.url}${path}`, {
    method,
    redirect: 'manual',
    headers: { authorization: `Bearer ${fake.token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.clone().text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    response,
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : text,
  };
}

async function walk(path: string) {
  const items = [];
  for (let url = path; url !== 'about:blank'; ) {
    const { headers, body } = await send('GET', url);
    items.push(...body);
    url = linkTo('next', headers) ?? '';
  }
  return items;
}

describe('a collection without data', () => {
  test('pages, in order, and each of its items can be retrieved', async () => {
    const rooms = await walk('/rooms?page_size=8');
    expect(rooms).toHaveLength(30);
    const ids = rooms.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids).toContain('room000007');
    for (const room of rooms.slice(0, 5)) expect((await send('GET', room.url)).body).toEqual(room);
    expect((await send('GET', '/rooms/room999999')).status).toBe(404);
    expect((await send('GET', '/rooms/hall')).status).toBe(400);
  });

  test('is the same with the same seed, and another with another', async () => {
    const read = async (seed: number) => {
      fake = await createFake({ document, data: () => ({ tables: [] }), seed });
      return (await send('GET', '/rooms')).body;
    };
    expect(await read(1)).toEqual(await read(1));
    expect(await read(1)).not.toEqual(await read(2));
  });

  test('takes new items, shows them as the operation describes, and keeps them', async () => {
    const { status, body } = await send('POST', '/rooms', { name: 'Attic', id: 'room000001' });
    expect([status, body.room.name]).toEqual([202, 'Attic']);
    const { room } = body;
    const ids = (await walk('/rooms')).map(({ id }) => id);
    expect(ids).toHaveLength(31);
    const added = ids.find(
      (id) => id !== 'room000007' && id === new URL(room.url).pathname.split('/').at(-1),
    );
    expect((await send('GET', `/rooms/${added}`)).body.name).toBe('Attic');
  });

  test('keeps changes, but for readOnly fields, and forgets what was deleted', async () => {
    const changed = await send('PATCH', '/rooms/room000007', {
      name: 'Cellar',
      id: 'room000001',
      url: 'https://x.example',
    });
    expect(changed.body).toMatchObject({ id: 'room000007', name: 'Cellar' });
    expect((await send('GET', '/rooms/room000007')).body).toEqual(changed.body);
    const closed = await send('DELETE', '/rooms/room000007');
    expect([closed.status, closed.body]).toEqual([200, { closed: true }]);
    expect((await send('GET', '/rooms/room000007')).status).toBe(404);
    expect((await send('GET', '/rooms/room000007/climate')).status).toBe(404);
  });

  test('refers to resources that exist, which expansions show', async () => {
    const [room] = (await send('GET', '/rooms?page_size=1')).body;
    const picture = (await send('GET', room.best_picture)).body;
    expect(picture).toMatchObject({ url: room.best_picture, title: expect.any(String) });
    const [expanded] = (await send('GET', '/rooms?page_size=1&expand=best_picture')).body;
    expect(expanded).toEqual({ ...room, best_picture: picture });
  });

  test('below another one belongs to its item', async () => {
    const [first, second] = (await send('GET', '/rooms')).body;
    const visits = (await send('GET', `/rooms/${first.id}/visits`)).body;
    expect(visits).toHaveLength(3);
    for (const visit of visits) expect(visit).toMatchObject({ room_id: first.id, room: first.url });
    expect((await send('GET', `/rooms/${second.id}/visits`)).body).not.toEqual(visits);
  });
});

describe('an operation that is about no collection', () => {
  test('keeps what was put there', async () => {
    const path = '/rooms/room000007/climate';
    expect((await send('GET', path)).body).toMatchObject({ degrees: 20 });
    expect((await send('PUT', path, { degrees: 18 })).body).toMatchObject({ degrees: 18 });
    expect((await send('GET', path)).body).toMatchObject({ degrees: 18 });
  });

  test('answers with the status that is described, and with no body where there is none', async () => {
    const cleaned = await send('POST', '/rooms/room000007:clean');
    expect([cleaned.status, cleaned.text, cleaned.headers.get('content-type')]).toEqual([204, '', null]);
    expect((await send('POST', '/rooms/room999999:clean')).status).toBe(404);
    expect((await send('GET', '/unknown')).status).toBe(200);
  });

  test('gives what comes in an envelope the id that was asked for, and keeps its changes', async () => {
    expect((await send('GET', '/shelves/31')).body.data.id).toBe(31);
    expect((await send('PATCH', '/shelves/31', { label: 'Maps' })).body.data).toMatchObject({
      label: 'Maps',
      id: 31,
    });
    expect((await send('GET', '/shelves/31')).body.data).toMatchObject({ label: 'Maps', id: 31 });
    expect((await send('GET', '/shelves/32')).body.data.id).toBe(32);
  });

  test('has the headers that are described, with limits that are at least 1', async () => {
    const { status, headers } = await send('POST', '/report');
    expect([status, Number(headers.get('retry-after')) >= 1]).toEqual([202, true]);
    expect(headers.get('x-ratelimit-remaining')).toBe('999');
    const shop = await send('GET', '/shop');
    expect([shop.status, URL.canParse(shop.headers.get('location') ?? '')]).toEqual([302, true]);
  });

  test('answers in the media type that the caller accepts, JSON first', async () => {
    expect((await send('GET', '/floors')).body).toBe('one');
    const csv = await send('GET', '/floors', undefined, { accept: 'text/csv' });
    expect([csv.headers.get('content-type'), csv.text]).toEqual(['text/csv', 'floor\n1\n']);
    const map = await send('GET', '/map');
    expect(map.headers.get('content-type')).toBe('image/gif');
    expect((await map.response.text()).slice(0, 3)).toBe('GIF');
  });

  test('shows of a list without ids the items that the query asks for', async () => {
    const all = (await send('GET', '/moods')).body as { mood: string }[];
    const loud = (await send('GET', '/moods?mood=loud')).body;
    expect(loud).toEqual(all.filter(({ mood }) => mood === 'loud'));
    expect(loud.length).toBeLessThan(all.length);
  });

  test('shows the value that a query chose from a list, and no other value of a query', async () => {
    for (const resolution of ['day', 'month']) {
      const { body } = await send('GET', `/statistics?resolution=${resolution}&words=many`);
      expect(body).toEqual({ resolution, words: 'few' });
    }
  });

  test('says so where nothing fits its schema', async () => {
    const { status, body } = await send('GET', '/impossible');
    expect([status, body.detail]).toEqual([501, expect.stringContaining('get-impossible')]);
  });
});
