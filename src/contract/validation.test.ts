import { describe, expect, it } from 'vitest';
import { DocumentError, parseOpenApi } from '../document/index.js';
import { Places } from './places.js';
import { schemaErrors } from './schema-errors.js';
import { Validation } from './validation.js';

describe('the validation of a document', () => {
  it.each([
    ["{ type: string, pattern: '(' }", /Invalid regular expression/],
    ['{ type: strng }', /strng/],
  ])('points at a schema that is none: %s', (schema, message) => {
    const text = `openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components: { schemas: { Thing: ${schema} } }`;
    const call = () => new Validation(parseOpenApi(text)).errors('#/components/schemas/Thing', 'a');
    expect(call).toThrow(DocumentError);
    expect(call).toThrow(message);
    expect(call).toThrow(/at #\/components\/schemas\/Thing$/);
  });

  it('takes a number beyond all bounds for none', () => {
    const document = parseOpenApi(`openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components: { schemas: { Count: { type: integer }, Watts: { type: [number, 'null'] } } }`);
    const validation = new Validation(document);
    const huge: unknown = JSON.parse('1e400');
    expect(validation.accepts('#/components/schemas/Count', 1e21)).toBe(true);
    expect(validation.accepts('#/components/schemas/Count', huge)).toBe(false);
    expect(validation.accepts('#/components/schemas/Watts', huge)).toBe(false);
    expect(schemaErrors(validation, new Places(document), '#/components/schemas/Count', huge)).toMatchObject([
      { expected: 'integer', found: 'Infinity' },
    ]);
  });
});
