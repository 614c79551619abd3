import { describe, expect, it } from 'vitest';
import { DocumentError, parseOpenApi } from '../../document/index.js';
import { schemaErrors, Validation } from './validation.js';

describe('the validation of a document', () => {
  it.each([
    ["{ type: string, pattern: '(' }", /Invalid regular expression/],
    ['{ type: strng }', /strng/],
    ['{ minimum: many }', /minimum/],
    ['{ properties: 7 }', /properties value must be/],
  ])('sets aside what is not a valid schema: %s', (schema, message) => {
    const text = `openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    Thing: ${schema}
    Things:
      type: array
      maxItems: 2
      items: { type: object, required: [thing], properties: { thing: { $ref: '#/components/schemas/Thing' }, next: { $ref: '#/components/schemas/Things' } } }`;
    const document = parseOpenApi(text);
    const validation = new Validation(document);
    const errors = (value: unknown) => schemaErrors(validation, '#/components/schemas/Things', value);
    expect(errors([{ thing: 'a' }, { thing: {}, next: [] }])).toEqual([]);
    expect(validation.faults).toEqual([
      { pointer: '#/components/schemas/Thing', message: expect.stringMatching(message) },
    ]);
    // The schemas around it are still checked, and errors found at their place.
    expect(errors([{}, {}, {}]).map(({ pointer }) => pointer)).toEqual([
      '#/components/schemas/Things/maxItems',
      ...Array(3).fill('#/components/schemas/Things/items/required'),
    ]);
    expect(validation.accepts('#/components/schemas/Thing', 7)).toBe(true);
    expect(validation.faults).toHaveLength(1);
  });

  it('finds each of several invalid schemas', () => {
    const validation = new Validation(
      parseOpenApi(`openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    Thing: { type: object, properties: { a: { type: strng }, b: { oneOf: [{ pattern: '(' }, { type: 'null' }] }, c: { type: string } } }`),
    );
    expect(validation.accepts('#/components/schemas/Thing', { a: 1, b: 'x', c: 7 })).toBe(false);
    expect(validation.accepts('#/components/schemas/Thing', { a: 1, b: 'x', c: 'z' })).toBe(true);
    expect(validation.faults.map(({ pointer }) => pointer)).toEqual([
      '#/components/schemas/Thing/properties/a',
      '#/components/schemas/Thing/properties/b/oneOf/0',
    ]);
  });

  it('refuses a pointer at which no schema stands', () => {
    const validation = new Validation(
      parseOpenApi("openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}"),
    );
    expect(() => validation.accepts('#/components/schemas/Thing', 1)).toThrow(DocumentError);
  });

  it('accepts no number that is too large for JSON', () => {
    const document = parseOpenApi(`openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components: { schemas: { Count: { type: integer }, Watts: { type: [number, 'null'] } } }`);
    const validation = new Validation(document);
    const huge: unknown = JSON.parse('1e400');
    expect(validation.accepts('#/components/schemas/Count', 1e21)).toBe(true);
    expect(validation.accepts('#/components/schemas/Count', huge)).toBe(false);
    expect(validation.accepts('#/components/schemas/Watts', huge)).toBe(false);
    expect(schemaErrors(validation, '#/components/schemas/Count', huge)).toMatchObject([
      { expected: 'integer', found: 'Infinity' },
    ]);
  });

  it.each([
    ['minimum: 0', -1, '>= 0'],
    ['multipleOf: 5', 7, 'multiple of 5'],
    ['minLength: 2', 'a', 'no fewer than 2 characters'],
    ['uniqueItems: true', [1, 1], 'no duplicate items (items ## 0 and 1 are identical)'],
    ['not: { type: string }', 'a', 'not valid'],
  ])('says as a noun what is asked for: %s', (schema, value, expected) => {
    const document = parseOpenApi(`openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components: { schemas: { Thing: { ${schema} } } }`);
    const errors = schemaErrors(new Validation(document), '#/components/schemas/Thing', value);
    expect(errors).toMatchObject([{ expected }]);
  });
});
