import { expect, test } from 'vitest';
import { readOperations } from '../operations/operations.js';
import { parseOpenApi } from './load.js';
import { readingNotes } from './notes.js';

test.each([
  ['/files/{*path}', '*path'],
  ['/files/{path*}', 'path'],
  ['/files/{path+}', 'path+'],
  ['/files/{+path}', 'path'],
])('the parameter of %s, described as %s, is called by its name', (path, name) => {
  const parameters = [{ name, in: 'path', required: true, schema: { type: 'string' } }];
  const document = parseOpenApi(
    JSON.stringify({ openapi: '3.1.0', info: {}, paths: { [path]: { parameters, get: {} }, '/b/{c}': {} } }),
  );
  const [operation] = readOperations(document);
  expect([operation?.path, operation?.parameters.map((one) => one.name)]).toEqual([
    '/files/{path}',
    ['path'],
  ]);
  expect(Object.keys(document.paths)).toEqual(['/files/{path}', '/b/{c}']);
  expect(readingNotes(document)[0]).toBe(`a path parameter is called by its name alone in ${path}`);
});
