import {
  hasType,
  isObject,
  type JsonObject,
  type OpenApiDocument,
  resolve,
} from '../../../src/document/index.js';
import { walkSchemas } from '../correct/schemas.js';

/**
 * A copy in which schemas that mean the same are written the same, so that another spelling is no change:
 * a nullable value as one type list, one value as `enum`, an `allOf` of plain objects as one object.
 */
export function canonical(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document);
  fillContainers(copy);
  walkSchemas(copy, (schema) => {
    flattenAllOf(copy, schema);
    unwrapNull(schema);
    unwrapSingle(schema);
    if ('const' in schema && !('enum' in schema)) {
      schema.enum = [schema.const];
      delete schema.const;
    }
    if (Array.isArray(schema.type)) {
      schema.type = schema.type.length === 1 ? schema.type[0] : [...schema.type].sort();
    }
    if (Array.isArray(schema.required)) schema.required = [...new Set(schema.required)].sort();
    if (Array.isArray(schema.required) && schema.required.length === 0) delete schema.required;
    if (hasType(schema, 'object')) schema.properties ??= {};
  });
  return copy;
}

const COMPONENTS =
  'schemas responses parameters headers requestBodies securitySchemes examples links callbacks pathItems'.split(
    ' ',
  );

/** Empty maps and lists where there are none: else the first member would show as a new map, not as a new member. */
function fillContainers(document: OpenApiDocument): void {
  const components = fill(document, 'components', {}) as JsonObject;
  for (const kind of COMPONENTS) fill(components, kind, {});
  fill(document, 'servers', []);
  fill(document, 'webhooks', {});
  const visit = (part: unknown) => {
    if (typeof part !== 'object' || part === null) return;
    if (isObject(part) && isObject(part.responses)) {
      fill(part, 'parameters', []);
      for (const response of Object.values(part.responses)) fillResponse(response);
    }
    for (const child of Object.values(part)) visit(child);
  };
  visit(document.paths);
  visit(document.webhooks);
  if (isObject(components.responses)) Object.values(components.responses).forEach(fillResponse);
}

function fillResponse(response: unknown): void {
  if (!isObject(response) || '$ref' in response) return;
  fill(response, 'headers', {});
  fill(response, 'content', {});
}

function fill(owner: JsonObject, member: string, empty: unknown): unknown {
  owner[member] ??= empty;
  return owner[member];
}

const ANNOTATIONS = ['description', 'title', 'example', 'examples', 'deprecated', '$comment', 'externalDocs'];
const OBJECT_KEYWORDS = new Set(['type', 'properties', 'required', ...ANNOTATIONS]);

/** `anyOf: [{type: string}, {type: 'null'}]` → `type: [string, 'null']` */
function unwrapNull(schema: JsonObject): void {
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schema[keyword];
    if (!Array.isArray(branches) || branches.length !== 2) continue;
    const other = branches.find((branch) => isObject(branch) && branch.type !== 'null');
    const isNull = branches.some((branch) => isObject(branch) && branch.type === 'null');
    if (!isNull || !isObject(other) || !hasOwnType(other) || conflicts(schema, other, keyword)) continue;
    delete schema[keyword];
    const types = [other.type].flat();
    Object.assign(schema, other, { type: types.includes('null') ? types : [...types, 'null'] });
    if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
  }
}

function hasOwnType(schema: JsonObject): boolean {
  return typeof schema.type === 'string' || Array.isArray(schema.type);
}

/** `oneOf: [x]` → `x`, when nothing beside it would be overwritten. */
function unwrapSingle(schema: JsonObject): void {
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const branches = schema[keyword];
    const [only] = Array.isArray(branches) && branches.length === 1 ? branches : [];
    if (!isObject(only) || conflicts(schema, only, keyword)) continue;
    delete schema[keyword];
    Object.assign(schema, { ...only, ...annotationsOf(schema) });
  }
}

function conflicts(schema: JsonObject, branch: JsonObject, except: string): boolean {
  return Object.keys(schema).some((key) => key !== except && !ANNOTATIONS.includes(key) && key in branch);
}

function annotationsOf(schema: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => ANNOTATIONS.includes(key)));
}

/** Members may be references: an `allOf` can't contain itself, so that one level is always finite. */
function flattenAllOf(document: OpenApiDocument, schema: JsonObject): void {
  if (!Array.isArray(schema.allOf) || schema.allOf.length < 2) return;
  const members = schema.allOf.map((member) => resolve(document, member, '#').value);
  const all = [schema, ...members];
  const plain = members.every((member) => isObject(member) && isPlainObject(member));
  if (!plain || !isPlainObject({ ...schema, allOf: undefined })) return;
  const properties: JsonObject = {};
  for (const { properties: own } of all) {
    if (!isObject(own)) continue;
    for (const [name, value] of Object.entries(own)) {
      if (Object.hasOwn(properties, name)) return;
      properties[name] = structuredClone(value);
    }
  }
  const required = all.flatMap((part) => (Array.isArray(part.required) ? part.required : []));
  delete schema.allOf;
  Object.assign(schema, { type: 'object', properties, required });
}

function isPlainObject(schema: JsonObject): boolean {
  return (
    (schema.type === undefined || schema.type === 'object') &&
    Object.entries(schema).every(([key, value]) => value === undefined || OBJECT_KEYWORDS.has(key))
  );
}
