import { expect, it } from 'vitest';
import { type OpenApiDocument, parseOpenApi } from '../../../src/document/index.js';
import { serialise } from './serialise.js';

const sentence = `Says ${'at length '.repeat(12)}what it does.`;
const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: { title: 'Lamps', version: '2024-04-18', description: 'Two lines,\n\nand one more.\n' },
  paths: {
    '/a': {
      get: {
        operationId: 'get-a',
        summary: sentence,
        responses: { '200': { $ref: '#/components/responses/Ok' } },
      },
    },
    '/b': {},
  },
  components: { schemas: { State: { type: ['string', 'null'], enum: ['on', 'off', null] } } },
};

it('a document is written for people: sentences folded, lines kept, short lists in a line, parts set apart', () => {
  const text = serialise(document);
  expect(text).toContain('description: |\n    Two lines,\n\n    and one more.\n');
  expect(text).toMatch(/summary: >-\n {8}Says at length/);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  expect(text).toContain("type: [ string, 'null' ]");
  expect(text).toContain("'200': { $ref: '#/components/responses/Ok' }");
  expect(text).toContain('\n\n  /b:');
});

it('a document that is written reads as the same, also where YAML 1.1 would read a date or a boolean', () => {
  const text = serialise(document);
  expect(parseOpenApi(text)).toEqual(document);
  expect(text).toContain("version: '2024-04-18'");
  expect(text).toMatch(/enum: \[ 'on', 'off', null \]/);
});
