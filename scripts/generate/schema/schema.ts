import openapiTS, { astToString } from 'openapi-typescript';
import {
  isAskedFor,
  isObject,
  type JsonObject,
  join,
  lookup,
  METHODS,
  type OpenApiDocument,
  type Parameter,
  properties,
  resolve,
  type Schema,
  tokens,
  walkSchemas,
} from '../../../src/document/index.js';
import { withInherited, withoutInherited } from '../../inherited-names.js';
import { modelNames } from '../models.js';
import { Names, quote } from '../names.js';
import { aliasRecursive } from './recursive-types.js';

/** `generated/schema.ts`: the wire types. Only this file calls openapi-typescript. */
export async function generateSchema(document: OpenApiDocument): Promise<string> {
  const nodes = await openapiTS(
    withoutInherited(JSON.stringify(withNamedSchemas(withoutIgnored(document)), withoutExternal)),
    {
      readWriteMarkers: true,
      alphabetize: true,
      // A default in the document is what the server assumes, not something that an answer must have.
      defaultNonNullable: false,
      emptyObjectsUnknown: true,
      silent: true,
    },
  );
  const names = modelNames(document);
  const aliases = aliasRecursive(nodes, (schema) => names.get(withInherited(schema)));
  const aliased = new Set(aliases.map(({ name }) => name.text));
  // Not openapi-typescript's own root types, which are invalid if a schema name isn't an identifier.
  const roots = [...names]
    .filter(([, name]) => !aliased.has(name))
    .map(([schema, name]) => `export type ${name} = components['schemas'][${quote(schema)}];\n`);
  return `${withInherited(astToString([...nodes, ...aliases]))}${roots.join('')}`;
}

/** Leaves out the addresses of examples in other files: Redocly would fetch them, and types have no examples. */
function withoutExternal(key: string, value: unknown): unknown {
  return key === 'externalValue' && typeof value === 'string' ? undefined : value;
}

/** A copy without the parameters that stand for headers no document can ask for: no caller has to give them. */
function withoutIgnored(document: OpenApiDocument): OpenApiDocument {
  const kept = (parameters: unknown) =>
    Array.isArray(parameters) &&
    parameters.filter((one) => {
      const { in: place, name } = resolve<Parameter>(document, one, '#').value;
      return place !== 'header' || isAskedFor(name);
    });
  const withKept = (part: unknown): unknown =>
    isObject(part) && part.parameters ? { ...part, parameters: kept(part.parameters) } : part;
  const items = Object.entries(document.paths).map(([path, item]) => {
    if (!isObject(item)) return [path, item] as const;
    const operations = METHODS.flatMap((method) =>
      method in item ? [[method, withKept(item[method])]] : [],
    );
    return [path, { ...(withKept(item) as JsonObject), ...Object.fromEntries(operations) }] as const;
  });
  return { ...document, paths: Object.fromEntries(items) };
}

/**
 * A copy in which each schema that is referred to is a component, or a part of one. openapi-typescript can't refer to
 * those inside paths, answers and parameters: it has no types of these names.
 */
function withNamedSchemas(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document);
  const components = isObject(copy.components) ? copy.components : {};
  const schemas = isObject(components.schemas) ? components.schemas : {};
  const names = new Names(Object.keys(schemas));
  const named = new Map<string, string>();
  let mapped = false;
  walkSchemas(copy, (schema) => {
    mapped = referByMapping(schema, copy) || mapped;
    const { $ref } = schema;
    if (typeof $ref !== 'string' || $ref.startsWith('#/components/schemas/')) return;
    const name = named.get($ref) ?? names.claim(nameFrom($ref));
    named.set($ref, name);
    schema.$ref = `#/components/schemas/${name}`;
  });
  if (named.size === 0) return mapped ? copy : document;
  const added: JsonObject = {};
  for (const [pointer, name] of named) added[name] = lookup(copy, pointer);
  copy.components = { ...components, schemas: { ...schemas, ...added } };
  return copy;
}

/**
 * Writes names of schemas in the mapping of a discriminator as references: openapi-typescript reads no names there.
 * What leads nowhere is left out. Alternatives without an entry get the one that their own schema declares: else
 * openapi-typescript gives them the name of the schema, which no object has then. Returns whether there is a mapping.
 */
function referByMapping(schema: JsonObject, document: OpenApiDocument): boolean {
  const { discriminator } = schema;
  if (!isObject(discriminator)) return false;
  const named = Object.entries(isObject(discriminator.mapping) ? discriminator.mapping : {}).flatMap(
    ([value, target]) => {
      const places = [join('#/components/schemas', String(target)), String(target)];
      const place = places.find((one) => one.startsWith('#/') && lookup(document, one) !== undefined);
      return place === undefined ? [] : [[value, place] as const];
    },
  );
  const branches = [schema.oneOf, schema.anyOf].filter(Array.isArray).flat().filter(isObject);
  const declared = branches.flatMap(({ $ref }) => {
    if (typeof $ref !== 'string' || named.some(([, place]) => place === $ref)) return [];
    return kindsOf(document, $ref, String(discriminator.propertyName)).map((kind) => [kind, $ref] as const);
  });
  if (!isObject(discriminator.mapping) && declared.length === 0) return false;
  discriminator.mapping = Object.fromEntries([...declared, ...named]);
  return true;
}

/** The values of the discriminating property that an alternative itself declares. */
function kindsOf(document: OpenApiDocument, $ref: string, property: string): string[] {
  const declared = properties(document, { $ref }).get(property);
  const value = declared && resolve<Schema>(document, declared.value, declared.pointer).value;
  if (!isObject(value)) return [];
  const kinds = Array.isArray(value.enum) ? value.enum : [value.const];
  return kinds.filter((kind) => typeof kind === 'string');
}

/** The last words of the way to a schema. */
function nameFrom(pointer: string): string {
  const words = tokens(pointer).filter((token) => /^[a-z_]\w*$/i.test(token) && token !== 'schema');
  return words.at(-1) ?? 'schema';
}
