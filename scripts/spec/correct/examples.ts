import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {
  isObject,
  type JsonObject,
  join,
  type OpenApiDocument,
  resolve,
} from '../../../src/document/index.js';
import type { Correction } from './normalise.js';
import { walkSchemas } from './schemas.js';

/** Tells why a value doesn't fit the schema at a place, or undefined when it does. */
type Check = (value: unknown, schemaPointer: string) => string | undefined;

/**
 * Removes examples that their own schema refuses: a mock would serve them, and a reader would copy them. In place.
 */
export function dropInvalidExamples(document: OpenApiDocument): Correction[] {
  // Compared with the document as it came: removals must not move what a pointer names.
  const check = checker(structuredClone(document));
  const corrections: Correction[] = [];
  const drop = (owner: JsonObject, key: string, pointer: string, reason: string) => {
    delete owner[key];
    corrections.push({ rule: 'example', pointer, detail: `removed, its schema refuses it: ${reason}` });
  };
  walkHolders(document, '#', (holder, pointer) => {
    const schemaPointer = join(pointer, 'schema');
    if ('example' in holder) {
      const reason = check(holder.example, schemaPointer);
      if (reason) drop(holder, 'example', join(pointer, 'example'), reason);
    }
    if (!isObject(holder.examples)) return;
    for (const [name, entry] of Object.entries(holder.examples)) {
      const example = resolve(document, entry, pointer).value;
      const reason =
        isObject(example) && 'value' in example ? check(example.value, schemaPointer) : undefined;
      if (reason) drop(holder.examples, name, join(pointer, 'examples', name), reason);
    }
    if (Object.keys(holder.examples).length === 0) delete holder.examples;
  });
  walkSchemas(document, (schema, pointer) => {
    if (!('example' in schema)) return;
    const reason = check(schema.example, pointer);
    if (reason) drop(schema, 'example', join(pointer, 'example'), reason);
  });
  return corrections;
}

function checker(document: OpenApiDocument): Check {
  const ajv = new Ajv2020({ strict: false, validateFormats: true, logger: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document', false, false);
  return (value, schemaPointer) => {
    try {
      const validate = ajv.compile({ $ref: `document${encodeURI(schemaPointer)}` });
      return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'it' });
    } catch {
      // A schema that can't be compiled is for the lint to report; it says nothing about its examples.
      return undefined;
    }
  };
}

/** Parameters, headers and media types: what has both a schema and examples of it. */
function walkHolders(
  part: unknown,
  pointer: string,
  visit: (holder: JsonObject, pointer: string) => void,
): void {
  if (typeof part !== 'object' || part === null) return;
  if (isObject(part) && 'schema' in part && ('example' in part || 'examples' in part)) visit(part, pointer);
  for (const [key, value] of Object.entries(part)) {
    const isData = key === 'example' || key === 'examples' || key === 'schema' || key === 'schemas';
    if (!isData && !key.startsWith('x-')) walkHolders(value, join(pointer, key), visit);
  }
}
