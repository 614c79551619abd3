import { isObject } from '../json.js';
import type { JsonObject, OpenApiDocument } from '../types.js';
import { addNote } from './notes.js';

/**
 * `{path*}`, `{proxy+}`, `{*path}`, `{+name}`: how frameworks and gateways mark a parameter that may contain slashes.
 */
const GREEDY = /\{(?:[*+]+([\w.-]+)|([\w.-]+)[*+]+)\}/g;

/**
 * Takes the mark from path parameters that may hold slashes: OpenAPI has no such mark; documents describe the parameter
 * by its plain or by its marked name. In place.
 */
export function readGreedyParameters(document: OpenApiDocument): void {
  const renamed: string[] = [];
  const paths = Object.entries(document.paths).map(([path, item]): [string, JsonObject] => {
    const plain = path.replace(GREEDY, (_, before?: string, after?: string) => `{${before ?? after}}`);
    if (plain === path || Object.hasOwn(document.paths, plain)) return [path, item];
    renamed.push(path);
    return [plain, item];
  });
  if (renamed.length === 0) return;
  document.paths = Object.fromEntries(paths);
  unmark(document.paths);
  unmark(document.components);
  addNote(document, `a path parameter is called by its name alone in ${renamed.join(', ')}`);
}

function unmark(part: unknown): void {
  if (typeof part !== 'object' || part === null) return;
  if (isObject(part) && part.in === 'path' && typeof part.name === 'string')
    part.name = part.name.replace(/^[*+]+|[*+]+$/g, '');
  for (const [key, value] of Object.entries(part)) if (!/^(?:schema|examples?)$/.test(key)) unmark(value);
}
