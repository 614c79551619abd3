import { expect, test } from 'vitest';
import { parseOpenApi, readOperations } from '../../../src/document/index.js';
import { generateBodyNames } from './body-names.js';

const DOCUMENT = parseOpenApi(`
openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things:
    get: { operationId: list, responses: { '204': { description: None. } } }
    post:
      operationId: make
      requestBody:
        content:
          application/json:
            schema:
              allOf:
                - { $ref: '#/components/schemas/Base' }
                - type: object
                  properties:
                    __proto__: { type: string }
                    parts: { type: array, items: { $ref: '#/components/schemas/Part' } }
                    either: { oneOf: [{ $ref: '#/components/schemas/Part' }, { properties: { y: {} } }] }
                    labels: { type: object, properties: { first: {} }, additionalProperties: { type: string } }
                    nested: { $ref: '#/components/schemas/Lists' }
      responses: { '204': { description: Made. } }
    put:
      operationId: photograph
      requestBody: { content: { image/png: { schema: { type: string } } } }
      responses: { '204': { description: Done. } }
components:
  schemas:
    Base: { type: object, properties: { id: { type: string, readOnly: true } } }
    Part: { type: object, additionalProperties: false, properties: { x: {}, of: { $ref: '#/components/schemas/Part' } } }
    Lists: { type: array, items: { $ref: '#/components/schemas/Lists' } }
`);

test('The names of a body come from its schema: those within them, of lists and of alternatives too', () => {
  const code = generateBodyNames(DOCUMENT, readOperations(DOCUMENT));
  const [, literal = ''] = /KnownNames = (\{[\s\S]*\});/.exec(code) ?? [];
  // The code is ours, made a moment ago.
  const names = new Function(`return ${literal}`)();
  expect(Object.keys(names)).toEqual(['make']);
  const { id, parts, either, labels, nested } = names.make;
  expect(Object.keys(names.make)).toContain('__proto__');
  // Where members of any name are allowed, none is misspelt.
  expect({ id, labels, nested }).toEqual({ id: false, labels: null, nested: null });
  // A schema within itself comes to an end.
  expect(parts).toEqual({ x: null, of: { x: null, of: null } });
  expect(either).toEqual({ x: null, of: { x: null, of: { x: null, of: null } }, y: null });
});
