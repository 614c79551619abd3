import type { OpenApiDocument, Schema } from '../types.js';
import { isObject, join, type Located, resolve } from './pointer.js';
import { componentName, hasType, properties } from './schema.js';

export interface Reference extends Located<Schema> {
  /** Name in `components/schemas`, where the object is one. */
  component?: string;
}

/**
 * The object that a reference field turns into when it is expanded: the object branch of a
 * `oneOf`/`anyOf` that also allows a string (the URL of the resource). Undefined for any other field.
 */
function referenceOf(document: OpenApiDocument, schema: unknown, pointer: string): Reference | undefined {
  const located = resolve<Schema>(document, schema, pointer);
  if (!isObject(located.value)) return undefined;
  const keyword = Array.isArray(located.value.oneOf) ? 'oneOf' : 'anyOf';
  const branches = located.value[keyword];
  if (!Array.isArray(branches)) return undefined;
  let text = false;
  let object: Reference | undefined;
  branches.forEach((branch: unknown, index) => {
    const at = join(located.pointer, keyword, index);
    const target = resolve<Schema>(document, branch, at);
    if (hasType(target.value, 'string')) text = true;
    else if (properties(document, target.value, target.pointer).size > 0) {
      const component = componentName(branch);
      object = { ...target, ...(component ? { component } : {}) };
    }
  });
  return text ? object : undefined;
}

/** The reference fields of an object schema. */
export function referencesOf(
  document: OpenApiDocument,
  schema: Schema,
  pointer = '#',
): Map<string, Reference> {
  const found = new Map<string, Reference>();
  for (const [name, property] of properties(document, schema, pointer)) {
    const reference = referenceOf(document, property.value, property.pointer);
    if (reference) found.set(name, reference);
  }
  return found;
}
