import { Pauses } from '../../../src/contract/exit/pauses.js';
import {
  fragmentOf,
  isObject,
  type JsonObject,
  join,
  lookup,
  notAskingFor,
  type OpenApiDocument,
  resolve,
  schemaCompiler,
  tokens,
  walkSchemas,
} from '../../../src/document/index.js';
import type { Correction } from './consistent.js';

/** Says why a value doesn't fit the schema at a pointer; undefined if it does. */
type Check = (value: unknown, schemaPointer: string) => string | undefined;

/** What is wrong with an example, and its place or the place inside it. */
interface Refusal {
  pointer: string;
  reason: string;
}

/**
 * Removes examples that their own schema refuses, since a mock would serve them and readers would copy them. In place.
 */
export async function dropInvalidExamples(
  document: OpenApiDocument,
  signal?: AbortSignal,
): Promise<Correction[]> {
  const check = checker(document);
  const found: { value: unknown; schemaPointer: string; pointer: string }[] = [];
  const judge = (value: unknown, schemaPointer: string, pointer: string) =>
    found.push({ value, schemaPointer, pointer });
  walkHolders(document, '#', (holder, pointer) => {
    const schemaPointer = join(pointer, 'schema');
    if ('example' in holder) judge(holder.example, schemaPointer, join(pointer, 'example'));
    for (const [name, entry] of Object.entries(isObject(holder.examples) ? holder.examples : {})) {
      const example = resolve(document, entry, pointer).value;
      if (isObject(example) && 'value' in example)
        judge(example.value, schemaPointer, join(pointer, 'examples', name));
    }
  });
  walkSchemas(document, (schema, pointer) => {
    if ('example' in schema) judge(schema.example, pointer, join(pointer, 'example'));
    const { examples } = schema;
    if (Array.isArray(examples))
      examples.forEach((example, index) => {
        judge(example, pointer, join(pointer, 'examples', index));
      });
  });
  const refusals: Refusal[] = [];
  const pauses = new Pauses(signal);
  for (const { value, schemaPointer, pointer } of found) {
    // Hundreds of schemas to compile take many seconds.
    await pauses.pause();
    const reason = check(value, schemaPointer);
    if (reason) refusals.push({ pointer, reason });
  }
  return dropExamples(document, refusals);
}

/**
 * Leaves out the examples whose value is in another file: nobody could check it, and the lint and the generator of types
 * would fetch whatever address a document names. In place.
 */
export function leaveOutExternal(document: OpenApiDocument): Correction[] {
  const corrections: Correction[] = [];
  walkParts(document, '#', (part, pointer) => {
    for (const [name, example] of Object.entries(isObject(part.examples) ? part.examples : {})) {
      if (!isObject(example) || typeof example.externalValue !== 'string') continue;
      const detail = 'an example whose value is in another file, which nothing can check';
      corrections.push({ rule: 'left out', pointer: join(pointer, 'examples', name), detail });
    }
  });
  for (const { pointer } of corrections) removeExample(document, pointer);
  return corrections;
}

/**
 * Removes the examples that the lint refuses. In place.
 *
 * @returns what was removed; a place outside of examples is left alone.
 */
export function dropExamples(document: OpenApiDocument, refusals: readonly Refusal[]): Correction[] {
  const reasons = new Map<string, string>();
  for (const { pointer, reason } of refusals) {
    const example = exampleAt(pointer);
    if (example !== undefined && !reasons.has(example)) reasons.set(example, reason);
  }
  const corrections: Correction[] = [];
  // Remove later list members first, to keep the other places valid.
  for (const [pointer, reason] of [...reasons].reverse()) {
    if (removeExample(document, pointer)) {
      const detail = `removed, its schema refuses it: ${reason}`;
      corrections.unshift({ rule: 'example', pointer, detail });
    }
  }
  return corrections;
}

/** @returns whether there was one at that place. */
function removeExample(document: OpenApiDocument, pointer: string): boolean {
  if (!removeAt(document, pointer)) return false;
  if (/^#\/components\/examples\/[^/]+$/.test(pointer)) removeReferences(document, pointer);
  return true;
}

/** The example that a place is in: a member of `examples`, or the value of `example`. */
function exampleAt(pointer: string): string | undefined {
  const path = tokens(pointer);
  // A property may have that name too.
  const index = path.findIndex((token, at) => /^examples?$/.test(token) && path[at - 1] !== 'properties');
  const length = path[index] === 'examples' ? index + 2 : index + 1;
  return index < 0 || path.length < length ? undefined : join('#', ...path.slice(0, length));
}

/** @returns whether there was something at that place. */
export function removeAt(document: OpenApiDocument, pointer: string): boolean {
  const path = tokens(pointer);
  const key = path.at(-1) ?? '';
  const owner = lookup(document, join('#', ...path.slice(0, -1)));
  if (Array.isArray(owner) ? owner[Number(key)] === undefined : !isObject(owner) || !(key in owner))
    return false;
  if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else delete (owner as JsonObject)[key];
  // Remove a list or map of examples that has become empty, and values none of which is left.
  const list = path.at(-2);
  if ((list === 'examples' || list === 'enum') && Object.keys(owner as object).length === 0) {
    delete (lookup(document, join('#', ...path.slice(0, -2))) as JsonObject)[list];
  }
  return true;
}

/** Removes the examples that are a reference to one which is gone. */
function removeReferences(part: unknown, pointer: string): void {
  if (typeof part !== 'object' || part === null) return;
  for (const value of Object.values(part)) removeReferences(value, pointer);
  const { examples } = part as JsonObject;
  if (!isObject(examples)) return;
  for (const [name, example] of Object.entries(examples))
    if (isObject(example) && example.$ref === pointer) delete examples[name];
  if (Object.keys(examples).length === 0) delete (part as JsonObject).examples;
}

/** In a request, `readOnly` fields aren't required, in an answer `writeOnly` ones. */
function checker(document: OpenApiDocument): Check {
  const whole = compiled(document);
  const relaxed = { readOnly: relaxedBy('readOnly', document), writeOnly: relaxedBy('writeOnly', document) };
  return (value, schemaPointer) => {
    const reason = whole(value, schemaPointer);
    if (reason === undefined) return undefined;
    const otherWay = tokens(schemaPointer).includes('requestBody') ? 'readOnly' : 'writeOnly';
    const check = relaxed[otherWay]();
    return check ? check(value, schemaPointer) : reason;
  };
}

/** Undefined if the document requires no such field. */
function relaxedBy(keyword: 'readOnly' | 'writeOnly', document: OpenApiDocument): () => Check | undefined {
  let made: { check: Check | undefined } | undefined;
  return () => {
    if (!made) {
      const asked = notAskingFor(keyword, document);
      made = { check: asked === document ? undefined : compiled(asked) };
    }
    return made.check;
  };
}

function compiled(document: OpenApiDocument): Check {
  const ajv = schemaCompiler([document]);
  ajv.addSchema(document, 'document', false, false);
  return (value, schemaPointer) => {
    try {
      const validate = ajv.compile({ $ref: `document${fragmentOf(schemaPointer)}` });
      return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'it' });
    } catch {
      // The lint reports a schema that can't be compiled; its examples can't be judged.
      return undefined;
    }
  };
}

/** Visits parameters, headers and media types, which have a schema and examples of it. */
function walkHolders(
  part: unknown,
  pointer: string,
  visit: (holder: JsonObject, pointer: string) => void,
): void {
  walkParts(part, pointer, (holder, at) => {
    if ('schema' in holder && ('example' in holder || 'examples' in holder)) visit(holder, at);
  });
}

/** Visits all parts of the document but schemas and examples. */
function walkParts(part: unknown, pointer: string, visit: (part: JsonObject, pointer: string) => void): void {
  if (typeof part !== 'object' || part === null) return;
  if (isObject(part)) visit(part, pointer);
  for (const [key, value] of Object.entries(part)) {
    const isData = key === 'example' || key === 'examples' || key === 'schema' || key === 'schemas';
    if (!isData && !key.startsWith('x-')) walkParts(value, join(pointer, key), visit);
  }
}
