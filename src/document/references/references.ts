import { isObject, join } from '../json.js';
import type { OpenApiDocument, Schema } from '../types.js';
import { type Located, resolve } from './resolve.js';
import { componentName, hasType, itemsOf, properties } from './schema.js';

export interface Reference extends Located<Schema> {
  /** Name in `components/schemas`, if the object is one of those. */
  component?: string;
}

/**
 * The object that a reference field becomes when expanded: the object branch of a `oneOf`/`anyOf` that also allows a
 * string (the URL of the resource). Undefined for any other field.
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

/** Pointer to the schema of what an expansion puts into a field: an object, or a list of objects. */
export interface ExpandedForm {
  kind: 'object' | 'list';
  /** To the object, or to an item of the list. */
  pointer: string;
}

/** The objects or lists that a field's schema allows; none if it is only text. */
export function expandedForms(document: OpenApiDocument, field: Located<Schema>): ExpandedForm[] {
  const { value, pointer } = resolve<Schema>(document, field.value, field.pointer);
  if (!isObject(value)) return [];
  const items = itemsOf(document, value, pointer);
  if (items) {
    return expandedForms(document, items).map(({ pointer: of }) => ({ kind: 'list', pointer: of }));
  }
  const branches = ['oneOf', 'anyOf', 'allOf'].flatMap((keyword) =>
    (Array.isArray(value[keyword]) ? value[keyword] : []).flatMap((branch: Schema, index) =>
      expandedForms(document, { value: branch, pointer: join(pointer, keyword, index) }),
    ),
  );
  if (properties(document, value, pointer).size > 0) return [{ kind: 'object', pointer }];
  return branches;
}
