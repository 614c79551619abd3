import { expect, test } from 'vitest';
import { parseOpenApi, readOperations } from '../../../src/document/index.js';
import { needsBody } from './bodies.js';

function needs(schema: string): boolean {
  const document = parseOpenApi(`
openapi: 3.1.0
info: { title: Bakery, version: '1' }
paths:
  /loaves:
    post:
      operationId: bake
      requestBody: { content: { application/json: { schema: ${schema} } } }
      responses: { '204': { description: Baked. } }
components: { schemas: { Id: { type: string } } }
`);
  const [operation] = readOperations(document);
  return operation !== undefined && needsBody(document, operation);
}

const rye = '{ type: object, required: [rye], properties: { rye: { type: string } } }';
const wheat = '{ type: object, required: [wheat], properties: { wheat: { type: string } } }';
const any = '{ type: object, properties: { grain: { type: string } } }';
const made = '{ type: object, required: [id], properties: { id: { type: string, readOnly: true } } }';
const shared =
  '{ type: object, required: [id], properties: { id: { $ref: "#/components/schemas/Id", readOnly: true } } }';

test.each(['anyOf', 'oneOf'])(
  'a body of which each alternative (%s) requires a member is needed',
  (keyword) => {
    expect(needs(`{ ${keyword}: [${rye}, ${wheat}] }`)).toBe(true);
    expect(needs(`{ allOf: [${any}, { ${keyword}: [${rye}, ${wheat}] }] }`)).toBe(true);
  },
);

test.each(['anyOf', 'oneOf'])(
  'a body of which one alternative (%s) requires none can be left out',
  (keyword) => {
    expect(needs(`{ ${keyword}: [${rye}, ${any}] }`)).toBe(false);
    expect(needs(`{ ${keyword}: [${rye}, ${made}] }`)).toBe(false);
    expect(needs(`{ ${keyword}: [${rye}, ${shared}] }`)).toBe(false);
  },
);
