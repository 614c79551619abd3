import { componentName, type JsonObject, type OpenApiDocument } from '../../document/index.js';
import { flatten, list, typesOf } from './flatten.js';

/** What a field with addresses refers to; expanding it turns them into objects. */
export interface Referral {
  /** Whether it holds one address, or a list of them. */
  holds: 'address' | 'addresses';
  /** Name in `components/schemas` of the object, or of the list's items, if it has one. */
  component: string | undefined;
  /** Whether one address leads to a list. */
  toList: boolean;
  /** The schema of an address. */
  address: JsonObject;
}

/**
 * Recognises a field that holds either an address or what is there: `oneOf` of text and object, or of lists of them.
 */
export function referralOf(document: OpenApiDocument, schema: JsonObject): Referral | undefined {
  const branches = list(schema.oneOf ?? schema.anyOf);
  const flat = branches.map((branch) => ({ branch, schema: flatten(document, branch) ?? {} }));
  const lists = flat
    .filter(({ schema }) => typesOf(schema)[0] === 'array')
    .map(({ schema: { items } }) => ({ branch: items, schema: flatten(document, items) ?? {} }));
  const isText = ({ schema }: { schema: JsonObject }) => isAddress(schema);
  const isThing = ({ schema }: { schema: JsonObject }) => typesOf(schema)[0] === 'object';
  const one = flat.find(isText);
  const many = lists.find(isText);
  const thing = flat.find(isThing);
  const things = lists.find(isThing);
  if (one && (thing ?? things)) {
    const component = componentName((thing ?? things)?.branch);
    return { holds: 'address', component, toList: thing === undefined, address: one.schema };
  }
  if (!many || !things) return undefined;
  return {
    holds: 'addresses',
    component: componentName(things.branch),
    toList: false,
    address: many.schema,
  };
}

/** Whether the schema is text that may be any address. */
function isAddress(schema: JsonObject): boolean {
  const { format = 'uri', pattern, enum: choices, const: only } = schema;
  const isFree = pattern === undefined && choices === undefined && only === undefined;
  return typesOf(schema)[0] === 'string' && isFree && /^(uri|url|iri)(-reference)?$/.test(String(format));
}

/** Whether a field holds an address. */
export function holdsAddress(document: OpenApiDocument, field: unknown): boolean {
  const schema = flatten(document, field);
  if (!schema) return false;
  return (schema.format === 'uri' && isAddress(schema)) || referralOf(document, schema)?.holds === 'address';
}
