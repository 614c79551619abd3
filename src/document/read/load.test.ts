import { describe, expect, it } from 'vitest';
import { DocumentError } from '../errors.js';
import { givenDocument, parseOpenApi } from './load.js';
import { readingNotes } from './notes.js';

const list = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(of).join(', ')}]`;
const bomb = ['x', 'a', 'b', 'c', 'd', 'e', 'f', 'g']
  .map((name, index, names) => list(name, index === 0 ? '1' : `*${names[index - 1]}`))
  .join('\n');

describe('what is no document is refused with a reason', () => {
  it.each([
    ['', 'x.yaml is empty, not an OpenAPI document'],
    ['hello', 'x.yaml is not an OpenAPI document: it holds a string in place of an object'],
    ['[1]', 'x.yaml is not an OpenAPI document: it holds a list in place of an object'],
    ['{"openapi": "3.1.0", "info": {', 'x.yaml is neither JSON nor YAML: line 1, column 31'],
    [
      'swagger: "2.0"',
      'found swagger 2.0. Convert it first, and take converted.yaml: npx --yes swagger2openapi --patch x.yaml -o converted.yaml',
    ],
    ['openapi: 3.1.0\ninfo: {}', 'x.yaml has no paths object'],
    [bomb, "x.yaml can't be read: written out, its YAML aliases come to"],
    ['a: &a { b: *a }', "x.yaml can't be read: a YAML alias stands for itself"],
    [
      'openapi: "3.1"\ninfo: {}\npaths: {}',
      "x.yaml says openapi: 3.1, a version without its last number: write '3.1.0'",
    ],
    ['openapi: 3.1\ninfo: {}\npaths: {}', "write '3.1.0'"],
    ['a: 1\n---\nopenapi: 3.1.0', 'x.yaml holds several YAML documents, parted by lines of three dashes'],
  ])('%.20s', (text, message) => {
    expect(() => parseOpenApi(text, 'x.yaml')).toThrow(DocumentError);
    expect(() => parseOpenApi(text, 'x.yaml')).toThrow(message);
  });
});

it('many small aliases are taken in', () => {
  const names = Array.from({ length: 3000 }, (_, index) => `    X-${index}: *h\n`).join('');
  const text = `x-h: &h { schema: { type: string } }\nopenapi: 3.1.0\ninfo: {}\npaths: {}\ncomponents:\n  headers:\n${names}`;
  expect(parseOpenApi(text).components).toHaveProperty('headers.X-2999.schema.type', 'string');
});

it('a document in OpenAPI 3.0 is read as what it says in 3.1', () => {
  const schemas = {
    Loaf: { type: 'string', nullable: true, enum: ['rye'] },
    Bread: { nullable: true, allOf: [{ $ref: '#/components/schemas/Loaf' }] },
    Weight: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
    Named: { type: 'object', properties: { nullable: { type: 'string' } }, example: { nullable: true } },
  };
  const read = parseOpenApi(
    JSON.stringify({ openapi: '3.0.3', info: {}, paths: {}, components: { schemas } }),
  );
  expect(read.openapi).toBe('3.1.0');
  expect(read.components).toEqual({
    schemas: {
      Loaf: { type: ['string', 'null'], enum: ['rye', null] },
      Bread: { anyOf: [{ allOf: [{ $ref: '#/components/schemas/Loaf' }] }, { type: 'null' }] },
      Weight: { type: 'number', exclusiveMinimum: 0, maximum: 9 },
      Named: schemas.Named,
    },
  });
});

it('what a document in OpenAPI 3.1 still has of 3.0 means what it meant there, and is named', () => {
  const schemas = {
    Loaf: { type: 'string', nullable: true },
    Bread: { $ref: '#/components/schemas/Loaf', nullable: true },
    Crumb: { type: ['string', 'null'], nullable: false },
    Weight: { minimum: 0, exclusiveMinimum: true },
    Named: { properties: { nullable: { type: 'string' } } },
  };
  const read = parseOpenApi(
    JSON.stringify({ openapi: '3.1.0', info: {}, paths: {}, components: { schemas } }),
  );
  expect(read.components).toEqual({
    schemas: {
      Loaf: { type: ['string', 'null'] },
      Bread: { anyOf: [{ $ref: '#/components/schemas/Loaf' }, { type: 'null' }] },
      Crumb: { type: ['string', 'null'] },
      Weight: { exclusiveMinimum: 0 },
      Named: schemas.Named,
    },
  });
  expect(readingNotes(read)[0]).toContain('in 3 of the schemas, first #/components/schemas/Loaf');
});

it.each(['3.0.3', '3.1.0'])('a document of %s given as an object is read as its file would be', (openapi) => {
  const schemas = { Loaf: { type: 'string', nullable: true } };
  const given = { openapi, info: {}, paths: {}, components: { schemas } };
  const read = givenDocument(given);
  expect(read).toEqual(parseOpenApi(JSON.stringify(given)));
  expect(schemas.Loaf).toEqual({ type: 'string', nullable: true });
  expect(givenDocument(given)).toBe(read);
  expect(givenDocument(read)).toBe(read);
});

it('names operations with methods of a later OpenAPI, which it leaves out', () => {
  const item = { query: {}, get: {}, additionalOperations: { COPY: {} } };
  const read = parseOpenApi(JSON.stringify({ openapi: '3.2.0', info: {}, paths: { '/loaves': item } }));
  expect(readingNotes(read)[0]).toBe(
    "operations with methods that OpenAPI 3.1 doesn't have are left out: QUERY /loaves, COPY /loaves",
  );
});
