import { describe, expect, it } from 'vitest';
import { DocumentError } from '../errors.js';
import { parseOpenApi } from './load.js';

const list = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(of).join(', ')}]`;
const bomb = ['x', 'a', 'b', 'c', 'd']
  .map((name, index, names) => list(name, index === 0 ? '1' : `*${names[index - 1]}`))
  .join('\n');

describe('what is no document is refused with a reason', () => {
  it.each([
    ['', 'x.yaml is empty, not an OpenAPI document'],
    ['hello', 'x.yaml is not an OpenAPI document: it holds a string in place of an object'],
    ['[1]', 'x.yaml is not an OpenAPI document: it holds a list in place of an object'],
    ['{"openapi": "3.1.0", "info": {', 'x.yaml is neither JSON nor YAML: line 1, column 31'],
    ['swagger: "2.0"', 'x.yaml must be OpenAPI 3.x, found swagger 2.0'],
    ['openapi: 3.1.0\ninfo: {}', 'x.yaml has no paths object'],
    [bomb, "x.yaml can't be read: Excessive alias count indicates a resource exhaustion attack"],
  ])('%.20s', (text, message) => {
    expect(() => parseOpenApi(text, 'x.yaml')).toThrow(DocumentError);
    expect(() => parseOpenApi(text, 'x.yaml')).toThrow(message);
  });
});
