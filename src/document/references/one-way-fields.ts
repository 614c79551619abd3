import { isObject } from '../json.js';
import type { OpenApiDocument, Schema } from '../types.js';
import { resolve } from './resolve.js';
import { properties } from './schema.js';

/** Keywords whose schemas describe the same object as the schema around them. */
const SAME_OBJECT: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'then', 'else']);
/** Inside these, `required` means the opposite, or nothing. */
const LEFT_AS_IT_IS: ReadonlySet<string> = new Set([
  'not',
  'if',
  'example',
  'examples',
  'default',
  'enum',
  'const',
]);

/**
 * A copy of the document that doesn't require one-way fields: a request needs no `readOnly` field and an answer no
 * `writeOnly` one, even if `required` names it (OpenAPI 3.1, schema object). The document itself if it requires none.
 */
export function notAskingFor(keyword: 'readOnly' | 'writeOnly', document: OpenApiDocument): OpenApiDocument {
  const oneWayOf = (schema: Schema) =>
    [...properties(document, schema)]
      .filter(([, { value, pointer }]) => goesOneWay(document, value, keyword, pointer))
      .map(([name]) => name);
  let isTheSame = true;

  function copy(node: unknown, inherited: ReadonlySet<string>): unknown {
    if (Array.isArray(node)) return node.map((item) => copy(item, inherited));
    if (!isObject(node)) return node;
    const isSchema = Array.isArray(node.required) || Object.keys(node).some((key) => SAME_OBJECT.has(key));
    const oneWay = isSchema ? new Set([...inherited, ...oneWayOf(node)]) : inherited;
    const entries = Object.entries(node).map(([key, child]) => {
      if (LEFT_AS_IT_IS.has(key)) return [key, child];
      if (key === 'required' && Array.isArray(child)) {
        const asked = child.filter((name) => !oneWay.has(name));
        if (asked.length < child.length) isTheSame = false;
        return [key, asked];
      }
      return [key, copy(child, SAME_OBJECT.has(key) ? oneWay : NONE)];
    });
    return Object.fromEntries(entries);
  }

  const relaxed = copy(document, NONE) as OpenApiDocument;
  return isTheSame ? document : relaxed;
}

const NONE: ReadonlySet<string> = new Set();

/** Whether a property has the keyword, directly or next to its `$ref`, or what it refers to has it. */
export function goesOneWay(
  document: OpenApiDocument,
  property: Schema,
  keyword: 'readOnly' | 'writeOnly',
  pointer = '#',
): boolean {
  if (!isObject(property)) return false;
  if (property[keyword] === true) return true;
  const { value } = resolve<Schema>(document, property, pointer);
  return isObject(value) && value[keyword] === true;
}
