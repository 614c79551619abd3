import { expect, test } from 'vitest';
import { parseOpenApi, readOperations } from '../../document/index.js';
import { createFake } from '../index.js';

/** Logs ordered by time, whose cursors may also be ids. */
const document = parseOpenApi(`
openapi: 3.1.0
info: { title: Weather, version: '1' }
servers: [{ url: https://weather.example.com/v1 }]
paths:
  /logs:
    get:
      operationId: list-logs
      security: []
      x-collection: { key: logged_at, order: descending }
      parameters:
        - { name: page_after, in: query, schema: { type: string, anyOf: [{ format: date-time }, { pattern: '^logs[0-9]{4}$' }] } }
        - { name: page_before, in: query, schema: { type: string, anyOf: [{ format: date-time }, { pattern: '^logs[0-9]{4}$' }] } }
        - { name: order_by, in: query, schema: { type: string, enum: [level, '-level'] } }
        - { name: page_size, in: query, schema: { type: integer, minimum: 1, maximum: 50, default: 2 } }
      responses:
        '200': { description: Logs., content: { application/json: { schema: { type: array, items: { type: object } } } } }
        '400': { description: No. }
`);
const logs = [3, 2, 1].map((hour) => ({
  logged_at: `2026-08-01T0${hour}:00:00Z`,
  level: [null, 5, 10, 5][hour],
}));
const fake = await createFake({
  document,
  data: () => ({ tables: [{ path: '/logs', key: 'logged_at', items: () => [...logs] }] }),
});
const get = async (query: string) => {
  const response = await fake.fetch(`${fake.url}/logs?${query}`);
  return { status: response.status, body: await response.json() };
};

test('cursors that may be times or ids are those of a collection in the order of time', () => {
  expect(readOperations(document)[0]?.paging?.cursorKind).toBe('timestamp');
});

test('a time leads on from there, and an id that the document allows to the first page', async () => {
  expect(await get('page_after=2026-08-01T02:00:00Z')).toEqual({ status: 200, body: [logs[2]] });
  const first = { status: 200, body: logs.slice(0, 2) };
  for (const query of [
    'page_after=logs0001',
    'page_before=logs0001',
    'page_before=logs0001&page_after=logs0001',
  ])
    expect(await get(query)).toEqual(first);
});

test('what is neither a time nor such an id is refused', async () => {
  for (const name of ['page_after', 'page_before']) expect((await get(`${name}=nonsense`)).status).toBe(400);
});

test('a list is sorted as it is asked, and cursors lead on in that order', async () => {
  const [third, second, first] = logs;
  expect((await get('order_by=level')).body).toEqual([third, first]);
  expect((await get(`order_by=level&page_after=${first?.logged_at}`)).body).toEqual([second]);
  expect((await get(`order_by=level&page_before=${second?.logged_at}`)).body).toEqual([third, first]);
  expect((await get('order_by=-level&page_size=3')).body).toEqual([second, third, first]);
});
