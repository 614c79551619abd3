import { describe, expect, it } from 'vitest';
import { DocumentError, parseOpenApi } from '../document/index.js';
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
});
