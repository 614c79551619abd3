import { describe, expect, it } from 'vitest';
import { readOperations } from '../operations/operations.js';
import { parseOpenApi } from '../read/load.js';

/** A document with these properties in a schema of an operation's answer. */
function document(properties: string, more = '') {
  return parseOpenApi(`openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /things:
    get:
      operationId: get-things
      responses:
        '200':
          description: The thing.
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
components:
  schemas:
    Thing:
      type: object
      properties:
        ${properties}
${more}`);
}

describe('the references of a document', () => {
  it('are refused deep in a schema, with their place', () => {
    expect(() =>
      readOperations(document("parts: { type: array, items: { $ref: '#/components/schemas/Part' } }")),
    ).toThrow(
      "$ref '#/components/schemas/Part' doesn't resolve\n  at #/components/schemas/Thing/properties/parts/items",
    );
  });

  it('are refused when they leave the document', () => {
    expect(() => readOperations(document("part: { $ref: 'parts.yaml#/Part' }"))).toThrow(
      "$ref 'parts.yaml#/Part' leaves the document. Bundle it into one file first: npx @redocly/cli bundle FILE -o bundled.yaml",
    );
  });

  it('are refused when they name an anchor, which does not leave the document', () => {
    expect(() => readOperations(document("part: { $ref: '#part' }"))).toThrow(
      "$ref '#part' names an anchor, which isn't followed: write where it stands",
    );
  });

  it.each(['value', 'default', 'x-part'])(
    'are refused in a property that is named as a keyword: %s',
    (name) => {
      expect(() => readOperations(document(`${name}: { $ref: '#/components/schemas/Part' }`))).toThrow(
        "doesn't resolve",
      );
    },
  );

  it('may be circular, and data may look like one', () => {
    const text = "{ type: object, example: { $ref: '#/none' }, examples: [{ $ref: '#/none' }] }";
    expect(readOperations(document(`self: { $ref: '#/components/schemas/Thing' }`))).toHaveLength(1);
    expect(
      readOperations(document(`plain: ${text}`, "    $ref: { type: string, default: { $ref: '#/none' } }")),
    ).toHaveLength(1);
  });
});
