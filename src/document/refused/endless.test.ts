import { describe, expect, it } from 'vitest';
import type { JsonObject, OpenApiDocument } from '../types.js';
import { refuseEndlessSchemas } from './endless.js';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const check = (schemas: JsonObject) => () =>
  refuseEndlessSchemas({ openapi: '3.1.0', info: {}, paths: {}, components: { schemas } } as OpenApiDocument);

describe('a schema that is a part of itself is refused', () => {
  it.each([
    ['by allOf', { Loaf: { allOf: [ref('Loaf'), { type: 'object' }] } }],
    ['by a branch of a choice', { Loaf: { oneOf: [{ type: 'string' }, ref('Loaf')] } }],
    ['by way of another', { Loaf: { allOf: [ref('Bread')] }, Bread: { anyOf: [{ not: ref('Loaf') }] } }],
  ])('%s', (_, schemas) => {
    expect(check(schemas)).toThrow(/The schema is a part of itself \(.*Loaf.*\).*\n {2}at #\/components/s);
  });

  it('wherever it stands', () => {
    const schema = {
      properties: {
        inner: { allOf: [{ $ref: '#/paths/~1loaves/get/responses/200/content/a/schema/properties/inner' }] },
      },
    };
    const paths = { '/loaves': { get: { responses: { 200: { content: { a: { schema } } } } } } };
    const document = { openapi: '3.1.0', info: {}, paths } as unknown as OpenApiDocument;
    expect(() => refuseEndlessSchemas(document)).toThrow(/\(inner\).*at #\/paths\/~1loaves/s);
  });
});

it('a schema that contains itself in a property, an item or a map is all right', () => {
  const Loaf = {
    allOf: [{ $ref: '#/components/schemas/Base' }],
    properties: { parent: ref('Loaf'), slices: { type: 'array', items: { anyOf: [ref('Loaf')] } } },
    additionalProperties: ref('Loaf'),
  };
  expect(check({ Loaf, Base: { type: 'object' } })).not.toThrow();
});

it('two ways to one schema are no circle', () => {
  expect(check({ A: { allOf: [ref('C'), { allOf: [ref('C')] }] }, C: { type: 'string' } })).not.toThrow();
});
