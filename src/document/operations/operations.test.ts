import { describe, expect, it } from 'vitest';
import { DocumentError } from '../errors.js';
import { parseOpenApi } from '../read/load.js';
import type { JsonObject, OpenApiDocument } from '../types.js';
import { describeSharedNames } from './collisions.js';
import { readOperations } from './operations.js';

function document(paths: JsonObject, rest: JsonObject = {}): OpenApiDocument {
  return { openapi: '3.1.0', info: { title: 'T', version: '1.0' }, paths: paths as never, ...rest };
}

const ok = { '200': { description: 'Fine.' } };

function refusal(act: () => unknown): DocumentError {
  try {
    act();
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('readOperations', () => {
  it('ignores the body of a GET', () => {
    const requestBody = { content: { 'application/json': { schema: {} } } };
    const [operation] = readOperations(
      document({ '/x': { get: { operationId: 'x', requestBody, responses: ok } } }),
    );
    expect(operation?.requestBody).toBeUndefined();
  });

  it('ignores a body without a media type', () => {
    const [operation] = readOperations(
      document({ '/x': { post: { operationId: 'x', requestBody: { content: {} }, responses: ok } } }),
    );
    expect(operation?.requestBody).toBeUndefined();
  });

  it('leaves out headers that no document can ask for or promise', () => {
    const asked = ['Accept', 'authorization', 'Content-Length', 'TE', 'X-Kept', 'If-Match', 'Date'];
    const promised = [
      'Content-Type',
      'transfer-encoding',
      'Trailer',
      'Content-Encoding',
      'X Odd',
      'Content-Length',
    ];
    const parameters = asked.map((name) => ({ name, in: 'header', required: true, schema: {} }));
    const headers = Object.fromEntries(promised.map((name) => [name, { required: true, schema: {} }]));
    const [operation] = readOperations(
      document({
        '/x': { get: { operationId: 'x', parameters, responses: { 200: { ...ok[200], headers } } } },
      }),
    );
    expect(operation?.parameters.map(({ name }) => name)).toEqual(['X-Kept', 'If-Match', 'Date']);
    expect(operation?.responses[0]?.headers.map(({ name }) => name)).toEqual(['Content-Length']);
  });

  it('reads paging, ranges, expansion, order and header effects by convention', () => {
    const [operation] = readOperations(
      document({
        '/logs': {
          parameters: [{ name: 'page_size', in: 'query', schema: { type: 'integer', maximum: 50 } }],
          get: {
            operationId: 'get-logs',
            'x-collection': { key: 'at', order: 'descending' },
            'x-header-effects': { 'X-User': ['url'] },
            'x-needs-user': true,
            'x-sorted-by': '-size',
            parameters: [
              { name: 'page_after', in: 'query', schema: { type: 'string', format: 'date-time' } },
              { name: 'at__gte', in: 'query', schema: { type: 'string' } },
              { name: 'at__lte', in: 'query', schema: { type: 'string' } },
              { name: 'lonely__gte', in: 'query', schema: { type: 'string' } },
              { name: 'expand', in: 'query', schema: { type: 'array', items: { enum: ['a', 'a.b'] } } },
              {
                name: 'sort_by',
                in: 'query',
                schema: { enum: ['at', '-at', 'name:asc', 'name:desc', 'size'] },
              },
            ],
            security: [{ oauth2: ['logs:read'] }],
            responses: ok,
          },
        },
      }),
    );
    expect(operation).toMatchObject({
      paging: { style: 'cursor', sizeParameter: 'page_size', maxSize: 50, cursorKind: 'timestamp' },
      ranges: [{ field: 'at', gte: 'at__gte', lte: 'at__lte' }],
      expansion: { parameter: 'expand', paths: ['a', 'a.b'] },
      // In which direction a size alone sorts, nobody says.
      ordering: {
        parameter: 'sort_by',
        fields: [
          { field: 'at', ascending: 'at', descending: '-at' },
          { field: 'name', ascending: 'name:asc', descending: 'name:desc' },
        ],
      },
      collection: { key: 'at', order: 'descending' },
      headerEffects: { 'X-User': ['url'] },
      needsUser: true,
      sortedBy: { field: 'size', isDescending: true },
      public: false,
      scopes: ['logs:read'],
      methodName: 'list',
    });
  });

  it('reads which parameters need another', () => {
    const parameter = (name: string, rest = {}) => ({
      name,
      in: 'query',
      schema: { type: 'string' },
      ...rest,
    });
    const [operation] = readOperations(
      document({
        '/doors': {
          get: {
            operationId: 'get-doors',
            parameters: [parameter('as', { 'x-requires-one-of': ['town', 'shop'] }), parameter('town')],
            responses: ok,
          },
        },
      }),
    );
    expect(operation?.parameters.map(({ requiresOneOf }) => requiresOneOf)).toEqual([
      ['town', 'shop'],
      undefined,
    ]);
  });

  it('lets parameters of the operation replace those of the path', () => {
    const [operation] = readOperations(
      document({
        '/a': {
          parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }],
          get: {
            operationId: 'a',
            parameters: [{ name: 'q', in: 'query', required: true, schema: {} }],
            responses: ok,
          },
        },
      }),
    );
    expect(operation?.parameters).toHaveLength(1);
    expect(operation?.parameters[0]?.required).toBe(true);
  });

  it('inherits the security of the document, and finds public operations', () => {
    const security = [{ oauth2: [] }];
    const read = (own: JsonObject) =>
      readOperations(
        document({ '/a': { get: { operationId: 'a', responses: ok, ...own } } }, { security }),
      )[0]?.public;
    expect(read({})).toBe(false);
    expect(read({ security: [] })).toBe(true);
    expect(read({ security: [{}, { oauth2: [] }] })).toBe(true);
  });

  it('refuses an operation without an id, and says where', () => {
    const error = refusal(() => readOperations(document({ '/a/b': { get: { responses: ok } } })));
    expect(error.message).toBe('GET /a/b has no operationId: give it one\n  at #/paths/~1a~1b/get');
  });

  it('refuses a reference that leads nowhere', () => {
    const get = { operationId: 'a', parameters: [{ $ref: '#/components/parameters/None' }], responses: ok };
    const error = refusal(() => readOperations(document({ '/a': { get } })));
    expect(error.message).toContain("$ref '#/components/parameters/None' doesn't resolve");
    expect(error.pointer).toBe('#/paths/~1a/get/parameters/0');
  });

  it('refuses a reference that leads back to itself', () => {
    const parameters = { A: { $ref: '#/components/parameters/B' }, B: { $ref: '#/components/parameters/A' } };
    const get = { operationId: 'a', parameters: [{ $ref: '#/components/parameters/A' }], responses: ok };
    const error = refusal(() => readOperations(document({ '/a': { get } }, { components: { parameters } })));
    expect(error.message).toContain('refers to itself');
  });

  describe('where several operations would have one method name', () => {
    const parameters = [{ name: 'id', in: 'path', required: true, schema: {} }];
    const named = (paths: JsonObject) => {
      const operations = readOperations(document(paths));
      const names = operations.map(({ resource, methodName }) => [...resource, methodName].join('.'));
      return { names, notes: describeSharedNames(operations) };
    };

    it('names each of them by its id, and tells of all at once', () => {
      const { names, notes } = named({
        '/push_tokens/{id}': { parameters, get: { operationId: 'get-a', responses: ok } },
        '/push-tokens/{id}': { parameters, get: { operationId: 'get-b', responses: ok } },
        '/loaves': { post: { operationId: 'bake', responses: ok } },
        '/loaves/{id}': { parameters, post: { operationId: 'slice', responses: ok } },
        '/ovens': { get: { operationId: 'ovens', responses: ok } },
      });
      expect(names).toEqual([
        'pushTokens.getA',
        'pushTokens.getB',
        'loaves.bake',
        'loaves.slice',
        'ovens.retrieve',
      ]);
      expect(notes).toEqual([
        'pushTokens.retrieve is the name of several operations: GET /push_tokens/{id} is pushTokens.getA(), ' +
          "GET /push-tokens/{id} is pushTokens.getB(). Set 'x-method-name' to choose",
        'loaves.create is the name of several operations: POST /loaves is loaves.bake(), ' +
          "POST /loaves/{id} is loaves.slice(). Set 'x-method-name' to choose",
      ]);
    });

    it('does the same with a method that a resource would hide', () => {
      const { names, notes } = named({
        '/a/{id}/reset': { parameters, post: { operationId: 'begin-again', responses: ok } },
        '/a/reset/{id}': { parameters, get: { operationId: 'other', responses: ok } },
      });
      expect(names).toEqual(['a.beginAgain', 'a.reset.retrieve']);
      expect(notes).toHaveLength(1);
      expect(notes[0]).toContain('a.reset is also the name of a resource');
    });

    it('takes no name for it that another has', () => {
      const { names } = named({
        '/a': { post: { operationId: 'make', responses: ok } },
        '/a/{id}': { parameters, post: { operationId: 'make_', responses: ok } },
        '/a/make': { get: { operationId: 'read', 'x-method-name': 'a.make', responses: ok } },
      });
      expect(new Set(names)).toEqual(new Set(['a.make', 'a.make2', 'a.make3']));
    });
  });

  it('takes the name that x-method-name gives', () => {
    const get = { operationId: 'a', 'x-method-name': 'chargers.find', responses: ok };
    expect(readOperations(document({ '/a': { get } }))[0]).toMatchObject({
      resource: ['chargers'],
      methodName: 'find',
    });
  });

  it.each([
    ['/x?y=1&z=2', 'The path /x?y=1&z=2 has a query in it: describe y, z as parameters of /x with in: query'],
    ['/#Action=List', 'The path /#Action=List has a fragment in it: describe Action as parameters of /'],
    ['x/y', 'The path x/y must begin with a slash: write /x/y'],
  ])('refuses the path %s with what to write', (path, message) => {
    const error = refusal(() =>
      readOperations(document({ [path]: { get: { operationId: 'x', responses: ok } } })),
    );
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^The path/);
  });

  it('refuses a path parameter that is not described', () => {
    const error = refusal(() =>
      readOperations(document({ '/a/{id}': { get: { operationId: 'a', responses: ok } } })),
    );
    expect(error.message).toContain('{id}');
  });
});

describe('parseOpenApi', () => {
  it('reads YAML and JSON', () => {
    const json = JSON.stringify(document({}));
    expect(parseOpenApi(json).openapi).toBe('3.1.0');
    expect(parseOpenApi('openapi: 3.1.1\ninfo: {}\npaths: {}').openapi).toBe('3.1.1');
  });

  it.each([
    ['swagger: "2.0"', 'must be OpenAPI 3.x, found swagger 2.0'],
    ['openapi: 4.0.0', 'must be OpenAPI 3.x, found "4.0.0"'],
    ['openapi: 3.1.0\ninfo: {}', 'has no paths object'],
    ['just text', 'is not an OpenAPI document'],
    ['a: [1, 2', 'line 1, column'],
    ['{"openapi": "3.1.0", "info": {"ti', 'is neither JSON nor YAML: line 1'],
  ])('refuses %j', (text, message) => {
    expect(refusal(() => parseOpenApi(text)).message).toContain(message);
  });
});
