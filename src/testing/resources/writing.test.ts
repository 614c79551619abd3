import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkTo, request } from '../../../scripts/test/http.js';
import { parseOpenApi } from '../../document/index.js';
import { type Fake, startFake } from '../index.js';
import type { DatasetSource } from '../world.js';

// Its own document: what is served only comes from document and data.
const document = parseOpenApi(`
openapi: 3.1.0
info: { title: Library, version: '1' }
servers: [{ url: https://library.example.com/api }]
security: [{ oauth: [books:write] }]
paths:
  /books:
    get:
      operationId: list-books
      parameters:
        - { name: page, in: query, schema: { type: integer, minimum: 1 } }
        - { name: page_size, in: query, schema: { type: integer, minimum: 1, maximum: 50, default: 4 } }
        - { name: genre, in: query, schema: { type: string } }
        - { name: author_id, in: query, schema: { type: string } }
        - { name: pages__gte, in: query, schema: { type: integer } }
        - { name: pages__lte, in: query, schema: { type: integer } }
      responses: { '200': { description: Books. } }
    post:
      operationId: create-book
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/NewBook' } } }
      responses: { '201': { description: The book. } }
  /books/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: get-book, responses: { '200': { description: A book. } } }
    patch:
      operationId: update-book
      requestBody:
        content: { application/json: { schema: { $ref: '#/components/schemas/BookUpdate' } } }
      responses: { '200': { description: The book. } }
    delete: { operationId: delete-book, responses: { '204': { description: Gone. } } }
  /books/{id}/chapters:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: list-chapters, responses: { '200': { description: Chapters. } } }
  /books/{id}/lend:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    post: { operationId: lend-book, responses: { '201': { description: Lent. } } }
  /authors/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: get-author, responses: { '200': { description: An author. } } }
  /opening_hours:
    get:
      operationId: opening-hours
      security: []
      responses:
        '200':
          description: Hours.
          content: { application/json: { example: { monday: 9-17 } } }
  /closing_hours:
    get: { operationId: closing-hours, security: [], responses: { '200': { description: H, content: { application/json: {} } } } }
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: https://library.example.com/token, scopes: { 'books:write': W } } }
  schemas:
    NewBook:
      type: object
      required: [title]
      properties: { title: { type: string }, pages: { type: integer } }
    BookUpdate:
      type: object
      properties:
        title: { type: string, minLength: 1 }
        shelf:
          type: [object, 'null']
          required: [row]
          properties: { row: { type: integer, minimum: 1 } }
`);

const data: DatasetSource = (base) => ({
  tables: [
    {
      path: '/books',
      key: 'id',
      items: () =>
        ['a', 'b', 'c', 'd', 'e', 'f'].map((id, index) => ({
          id,
          url: `${base}/books/${id}`,
          title: `Book ${id}`,
          genre: index % 2 ? 'crime' : 'poetry',
          author: `${base}/authors/${index % 3}/`,
          pages: index === 5 ? null : 100 * index,
          shelf: { row: 1 },
        })),
      create: (body) => ({ id: 'bb', url: `${base}/books/bb`, ...body }),
    },
    {
      path: '/authors',
      key: 'id',
      items: () =>
        ['abcdef', 'be'].map((books, index) => ({
          id: String(index),
          names: ['a'],
          books: [...books].map((id) => `${base}/books/${id}/`),
        })),
    },
    { path: '/books/{}/chapters', key: 'number', items: (book) => (book?.id === 'a' ? [{ number: 1 }] : []) },
  ],
  answers: {
    'POST /books/{id}/lend': (_, book) => ({ status: 201, body: { lent: book?.id } }),
  },
});

let fake: Fake;
beforeAll(async () => {
  fake = await startFake({ document, data });
});
afterAll(() => fake.close());

const send = (method: string, path: string, body?: unknown) =>
  request(`${fake.url}${path}`, {
    method,
    token: fake.token,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });

const ids = (body: { id: string }[]) => body.map(({ id }) => id).join('');

test('stands where the document says', () => {
  expect(new URL(fake.url).pathname).toBe('/api');
  expect(new URL(fake.tokenUrl).pathname).toBe('/token');
  expect(fake.authorizationUrl).toBeUndefined();
});

describe('reading', () => {
  test('pages by number', async () => {
    const first = await send('GET', '/books');
    expect(ids(first.body)).toBe('abcd');
    expect(linkTo('previous', first.headers)).toBe('about:blank');
    const second = await request(linkTo('next', first.headers) ?? '', { token: fake.token });
    expect(ids(second.body)).toBe('ef');
    expect(linkTo('next', second.headers)).toBe('about:blank');
    expect(linkTo('previous', second.headers)).toBe(`${fake.url}/books?page=1`);
    expect((await send('GET', '/books?page=3')).body.type).toBe(
      'https://library.example.com/api/problems/pagination-parameters/',
    );
  });

  test.each([
    ['genre=crime', 'bdf'],
    ['author_id=1', 'be'],
    ['pages__gte=100&pages__lte=300', 'bcd'],
    ['pages__lte=100&genre=poetry', 'a'],
  ])('filters by fields: %s', async (query, expected) => {
    expect(ids((await send('GET', `/books?page_size=50&${query}`)).body)).toBe(expected);
  });

  test('answers without data from the examples of the document', async () => {
    expect((await request(`${fake.url}/opening_hours`)).body).toEqual({ monday: '9-17' });
    // If the document doesn't describe a body, any body is fine.
    const { status, headers, body } = await request(`${fake.url}/closing_hours`);
    expect([status, headers.get('content-type'), body]).toEqual([200, 'application/json', {}]);
  });
});

describe('writing', () => {
  test('an update changes what is sent, and null clears', async () => {
    const { body: before } = await send('GET', '/books/c');
    const changed = await send('PATCH', '/books/c', { shelf: null });
    expect(changed.body).toEqual({ ...before, shelf: null });
    expect((await send('PATCH', '/books/c', { title: 'New', id: 'x' })).body).toMatchObject({
      id: 'c',
      title: 'New',
    });
    expect((await send('GET', '/books/c')).body).toEqual({ ...before, shelf: null, title: 'New' });
    expect((await send('PATCH', '/books/c')).status).toBe(200);
  });

  test('a body that is not valid is refused, and nothing changes', async () => {
    const { status, body } = await send('PATCH', '/books/d', { title: '', shelf: { row: 0 } });
    expect(status).toBe(400);
    expect(body.field_errors).toEqual({
      title: ['must NOT have fewer than 1 characters'],
      'shelf.row': ['must be >= 1'],
    });
    expect((await send('PATCH', '/books/d', { shelf: {} })).body.field_errors).toEqual({
      'shelf.row': ['is required'],
    });
    expect(Object.keys((await send('PATCH', '/books/d', 7)).body.field_errors)).toEqual(['non_field_errors']);
    expect((await send('GET', '/books/d')).body.title).toBe('Book d');
  });

  test.each([
    ['text', { body: 'title=x', headers: { 'content-type': 'text/plain' } }, 415],
    ['no JSON', { body: '{', headers: { 'content-type': 'application/json' } }, 400],
    ['nothing', { headers: { 'content-type': 'application/json' } }, 400],
    ['a flood', { body: 'x'.repeat(21_000_000), headers: { 'content-type': 'application/json' } }, 413],
  ])('%s is no body', async (_, init, expected) => {
    const { status, body } = await request(`${fake.url}/books`, {
      method: 'POST',
      token: fake.token,
      ...init,
    });
    expect([status, body.status]).toEqual([expected, expected]);
  });

  test('what was created is in the list, in its place', async () => {
    const { status, body } = await send('POST', '/books', { title: 'Between' });
    expect([status, body.id]).toEqual([201, 'bb']);
    expect(ids((await send('GET', '/books')).body)).toBe('abbbc');
    expect((await send('GET', '/books/bb')).body).toEqual(body);
  });

  test('what was deleted is gone with all below', async () => {
    expect((await send('GET', '/books/a/chapters')).body).toEqual([{ number: 1 }]);
    const { status, body, headers } = await send('DELETE', '/books/a');
    expect([status, body, headers.get('content-type')]).toEqual([204, '', null]);
    for (const path of ['/books/a', '/books/a/chapters']) expect((await send('GET', path)).status).toBe(404);
    expect((await send('POST', '/books/a/lend')).status).toBe(404);
    expect((await send('DELETE', '/books/a')).status).toBe(404);
    expect(ids((await send('GET', '/books')).body)).not.toContain('a');
  });

  test('what was deleted is no longer in the lists of others', async () => {
    const authors = async () => [
      (await send('GET', '/authors/0')).body,
      (await send('GET', '/authors/1')).body,
    ];
    const before = await authors();
    await send('DELETE', '/books/b');
    expect(await authors()).toEqual(
      before.map(({ books, ...rest }) => ({
        ...rest,
        books: books.filter((url: string) => !url.endsWith('/b/')),
      })),
    );
    expect(before.every(({ books }) => books.some((url: string) => url.endsWith('/b/')))).toBe(true);
  });

  test('an action gets the resource that it is for', async () => {
    expect((await send('POST', '/books/e/lend')).body).toEqual({ lent: 'e' });
  });
});

test('data that contradicts the document is refused', async () => {
  const sorted = structuredClone(document);
  const books = sorted.paths['/books'] as { get: object };
  books.get = { ...books.get, 'x-collection': { key: 'title' } };
  await expect(startFake({ document: sorted, data })).rejects.toThrow(
    /sorts \/books by 'id', the document by 'title'/,
  );
});
