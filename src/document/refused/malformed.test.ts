import { expect, test } from 'vitest';
import { readOperations } from '../operations/operations.js';
import { parseOpenApi } from '../read/load.js';

const documentOf = (schema: unknown) =>
  parseOpenApi(
    JSON.stringify({ openapi: '3.1.0', info: {}, paths: {}, components: { schemas: { Tea: schema } } }),
  );

test.each([
  [null, 'A schema must be an object, found null: write {} for any value', ''],
  [{ properties: { cup: null } }, 'A schema must be an object, found null', '/properties/cup'],
  [{ additionalProperties: 'string' }, 'A schema must be an object, found "string"', '/additionalProperties'],
  [{ items: [{}, {}] }, 'by position, items are prefixItems', '/items'],
  [{ oneOf: { type: 'string' } }, 'oneOf must be a list of schemas', '/oneOf'],
  [{ anyOf: [{ allOf: [1] }] }, 'A schema must be an object, found 1', '/anyOf/0/allOf/0'],
  [{ properties: [] }, 'properties must be an object of schemas by name', '/properties'],
])('the schema %j is refused where it is read', (schema, message, place) => {
  const read = () => readOperations(documentOf(schema));
  expect(read).toThrow(message);
  expect(read).toThrow(`#/components/schemas/Tea${place}`);
});

test.each([true, {}, { properties: { properties: { type: 'null' } }, prefixItems: [true] }])(
  'the schema %j is accepted',
  (schema) => {
    expect(readOperations(documentOf(schema))).toEqual([]);
  },
);
