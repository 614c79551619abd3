import { expect, test } from 'vitest';
import { parseOpenApi } from './load.js';
import { readingNotes } from './notes.js';
import { withoutUnreadable } from './patterns.js';

const document = parseOpenApi(
  JSON.stringify({
    openapi: '3.1.0',
    info: {},
    paths: {},
    components: {
      schemas: {
        Code: { type: 'string', pattern: '\\A[A-Z]{2}\\z' },
        Odd: { type: 'string', pattern: '[unclosed' },
        Plain: { type: 'string', pattern: '^[\\w\\-]+$' },
        Map: { type: 'object', patternProperties: { '\\Ax-': { type: 'string' }, '(': {} } },
        Named: { type: 'object', properties: { pattern: { const: '\\A' } } },
      },
    },
  }),
);

test('patterns of other dialects are read as JavaScript, with a note; those that cannot be read stay', () => {
  expect(document.components).toEqual({
    schemas: {
      Code: { type: 'string', pattern: '^[A-Z]{2}$' },
      Odd: { type: 'string', pattern: '[unclosed' },
      Plain: { type: 'string', pattern: '^[\\w\\-]+$' },
      Map: { type: 'object', patternProperties: { '^x-': { type: 'string' }, '(': {} } },
      Named: { type: 'object', properties: { pattern: { const: '\\A' } } },
    },
  });
  expect(readingNotes(document)).toEqual([
    '2 patterns in another dialect of regular expressions are read as JavaScript: ' +
      '\\A[A-Z]{2}\\z as ^[A-Z]{2}$ at #/components/schemas/Code/pattern; ' +
      '\\Ax- as ^x- at #/components/schemas/Map/patternProperties/\\Ax-',
  ]);
});

test('validators are made without the patterns that cannot be read, which are named', () => {
  const { document: readable, notes } = withoutUnreadable(document);
  expect(readable.components).toMatchObject({
    schemas: { Odd: { type: 'string' }, Map: { patternProperties: { '^x-': { type: 'string' } } } },
  });
  expect(JSON.stringify(readable)).not.toContain('unclosed');
  expect(notes).toEqual([
    '2 patterns that JavaScript has no equal of are left out of the validators: ' +
      '[unclosed at #/components/schemas/Odd/pattern; ( at #/components/schemas/Map/patternProperties/(',
  ]);
  expect(withoutUnreadable(readable)).toEqual({ document: readable, notes: [] });
});
