/** Requests that can't be met, answered in the way that the document declares. */
import { expect, test } from 'vitest';
import { createFake } from '../index.js';
import { accepts } from './negotiation.js';

test.each([
  ['application/json', 'application/json', true],
  ['application/json; charset=utf-8', 'application/json', true],
  ['application/json; version=2', 'application/json', true],
  ['application/json; version=2', 'application/json; version=1', false],
  ['application/json; version="1"', 'application/json; version=1', true],
  ['application/json; version=1; q=0, application/json', 'application/json; version=1', false],
  ['application/json, application/json; version=1; q=0', 'application/json; version=2', true],
  ['text/plain; title="a, b; c", application/json', 'application/json', true],
  ['application/json; q=0, */*', 'application/json', false],
  ['image/png', 'image/*', true],
  ['image/*', 'text/csv', false],
  ['text/html', 'application/json', false],
])('Accept: %s takes %s: %s', (accept, mediaType, taken) => {
  expect(accepts(accept, mediaType)).toBe(taken);
});

const answer = (...statuses: number[]) =>
  statuses
    .map(
      (status) =>
        `        '${status}': { description: D, headers: { Api-Version: { schema: { type: integer } } }, content: { application/json: { schema: { type: object } } } }`,
    )
    .join('\n');
const operation = (name: string, ...statuses: number[]) => `
  /${name}:
    get:
      operationId: get-${name}
      parameters: [{ name: Api-Version, in: header, schema: { type: integer }, example: 3 }]
      responses:
${answer(200, ...statuses)}`;
const fake = await createFake({
  data: () => ({ tables: [] }),
  document: `
openapi: 3.1.0
info: { title: Stations, version: '3' }
servers: [{ url: https://stations.example.com }]
security: []
paths:${operation('usual', 400, 406)}${operation('strict', 406, 422)}${operation('odd', 422)}${operation('bare')}
`,
});
const get = (name: string, headers: Record<string, string>) => fake.fetch(`${fake.url}/${name}`, { headers });

test.each([
  ['usual', 400],
  ['strict', 406],
  ['odd', 422],
])('a version that there is not is refused with the word of the document: %s', async (name, status) => {
  const response = await get(name, { 'Api-Version': '9' });
  expect(response.status).toBe(status);
});

test('an Accept header is disregarded where the document knows no 406', async () => {
  expect((await get('bare', { accept: 'text/csv' })).status).toBe(200);
  expect((await get('usual', { accept: 'text/csv' })).status).toBe(406);
});
