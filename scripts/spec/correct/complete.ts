import { STATUS_CODES } from 'node:http';
import {
  isObject,
  type JsonObject,
  join,
  lookup,
  METHODS,
  type OpenApiDocument,
  pathParameters,
  resolve,
  walkSchemas,
} from '../../../src/document/index.js';
import type { Correction } from './consistent.js';

type Told = (pointer: string, detail: string) => void;

/**
 * Adds what OpenAPI requires and published documents often lack, and rewrites what they often write in the form of
 * another version. In place; a correct document stays as it is.
 */
export function complete(document: OpenApiDocument): Correction[] {
  const corrections: Correction[] = [];
  const told: Told = (pointer, detail) => corrections.push({ rule: 'incomplete', pointer, detail });
  completeInfo(document, told);
  completeServers(document, told);
  completeFlows(document, told);
  completeOperations(document, told);
  partSharedIds(document, told);
  writeSchemasOut(document, told);
  return corrections;
}

function completeInfo({ info }: OpenApiDocument, told: Told): void {
  if (typeof info.version !== 'number') return;
  info.version = String(info.version);
  told('#/info/version', 'the number became a text');
}

/** The default of a server's variable is one of its values. */
function completeServers({ servers }: OpenApiDocument, told: Told): void {
  for (const [index, server] of (Array.isArray(servers) ? servers : []).entries()) {
    const variables = isObject(server) && isObject(server.variables) ? server.variables : {};
    for (const [name, variable] of Object.entries(variables)) {
      if (!isObject(variable) || !Array.isArray(variable.enum) || variable.enum.length === 0) continue;
      const pointer = join('#/servers', index, 'variables', name);
      if (variable.default === undefined) {
        variable.default = variable.enum[0];
        told(pointer, 'its first value became the default');
      } else if (!variable.enum.includes(variable.default)) {
        variable.enum.push(variable.default);
        told(pointer, 'its default was added to its values');
      }
    }
  }
}

function completeFlows({ components }: OpenApiDocument, told: Told): void {
  const schemes =
    isObject(components) && isObject(components.securitySchemes) ? components.securitySchemes : {};
  for (const [name, scheme] of Object.entries(schemes)) {
    const flows = isObject(scheme) && isObject(scheme.flows) ? scheme.flows : {};
    for (const [kind, flow] of Object.entries(flows)) {
      if (!isObject(flow) || flow.scopes !== undefined) continue;
      flow.scopes = {};
      told(
        join('#/components/securitySchemes', name, 'flows', kind),
        'it got an empty list of scopes, which it has to have',
      );
    }
  }
}

function completeOperations(document: OpenApiDocument, told: Told): void {
  for (const [path, value] of Object.entries(document.paths)) {
    const at = join('#/paths', path);
    const item = found(document, value, at);
    if (item === undefined) continue;
    completeParameters(document, item.parameters, join(at, 'parameters'), told);
    for (const method of METHODS) {
      const operation = item[method];
      if (!isObject(operation)) continue;
      const pointer = join(at, method);
      completeParameters(document, operation.parameters, join(pointer, 'parameters'), told);
      declarePathParameters(document, { path, item, operation, pointer }, told);
      completeResponses(operation.responses, join(pointer, 'responses'), told);
    }
  }
  const { parameters, responses } = isObject(document.components) ? document.components : {};
  completeParameters(document, parameters, '#/components/parameters', told);
  completeResponses(responses, '#/components/responses', told);
}

/** Keywords of a schema that in other versions of OpenAPI stand in the parameter itself. */
const INLINE =
  'type format enum items default minimum maximum minLength maxLength pattern multipleOf minItems maxItems uniqueItems'.split(
    ' ',
  );

function completeParameters(document: OpenApiDocument, list: unknown, pointer: string, told: Told): void {
  if (typeof list !== 'object' || list === null) return;
  for (const [key, value] of Object.entries(list)) {
    const at = join(pointer, key);
    const parameter = found(document, value, at);
    if (parameter === undefined || typeof parameter.in !== 'string') continue;
    if (!/^(?:query|path|header|cookie)$/.test(parameter.in)) continue;
    if (parameter.schema !== undefined || parameter.content !== undefined) continue;
    const schema: JsonObject = {};
    for (const keyword of INLINE) {
      if (parameter[keyword] === undefined) continue;
      schema[keyword] = parameter[keyword];
      delete parameter[keyword];
    }
    parameter.schema = schema;
    told(at, `the schema of ${String(parameter.name)} was moved into 'schema'`);
  }
}

interface Called {
  path: string;
  item: JsonObject;
  operation: JsonObject;
  pointer: string;
}

function declarePathParameters(
  document: OpenApiDocument,
  { path, item, operation, pointer }: Called,
  told: Told,
): void {
  const lists = [item.parameters, operation.parameters].filter(Array.isArray).flat();
  const declared = lists.flatMap((value) => {
    const parameter = found(document, value, pointer);
    return parameter?.in === 'path' ? [parameter.name] : [];
  });
  for (const name of pathParameters(path)) {
    // Braces may hold something other than a name, such as a template of RFC 6570.
    if (declared.includes(name) || !/^[\w.-]+$/.test(name)) continue;
    operation.parameters = [
      ...(Array.isArray(operation.parameters) ? operation.parameters : []),
      { name, in: 'path', required: true, schema: { type: 'string' } },
    ];
    told(pointer, `its path parameter {${name}} was described, as a text`);
  }
}

function completeResponses(responses: unknown, pointer: string, told: Told): void {
  for (const [status, response] of Object.entries(isObject(responses) ? responses : {})) {
    if (!isObject(response) || response.$ref !== undefined || status.startsWith('x-')) continue;
    completeHeaders(response.headers, join(pointer, status, 'headers'), told);
    if (typeof response.description === 'string') continue;
    response.description = STATUS_CODES[status] ?? 'An answer';
    told(join(pointer, status), 'it got a description, which each answer has to have');
  }
}

function completeHeaders(headers: unknown, pointer: string, told: Told): void {
  for (const [name, header] of Object.entries(isObject(headers) ? headers : {})) {
    if (!isObject(header) || ['$ref', 'schema', 'content'].some((key) => header[key] !== undefined)) continue;
    header.schema = {};
    told(join(pointer, name), 'it got a schema, which each header has to have');
  }
}

/** Gives an operation an id of its own if another one has the same. */
function partSharedIds(document: OpenApiDocument, told: Told): void {
  const taken = new Set<unknown>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = isObject(item) ? item[method] : undefined;
      if (!isObject(operation)) continue;
      const { operationId } = operation;
      if (taken.has(operationId)) {
        operation.operationId = [method, ...path.split(/[^\w]+/).filter(Boolean)].join('-');
        told(
          join('#/paths', path, method),
          `'${String(operationId)}' is the id of another operation too: it got one of its own`,
        );
      }
      taken.add(operation.operationId);
    }
  }
}

function writeSchemasOut(document: OpenApiDocument, told: Told): void {
  walkSchemas(document, (schema, pointer) => {
    if (Array.isArray(schema.enum)) {
      const values = schema.enum.map((value) => asTyped(value, schema.type));
      if (values.some((value, index) => value !== (schema.enum as unknown[])[index])) {
        schema.enum = values;
        told(join(pointer, 'enum'), `its values were written as ${String(schema.type)}`);
      }
    }
    const { discriminator } = schema;
    const mapping = isObject(discriminator) && isObject(discriminator.mapping) ? discriminator.mapping : {};
    for (const [value, target] of Object.entries(mapping)) {
      const ref = referenceTo(document, target);
      if (ref === undefined || ref === target) continue;
      mapping[value] = ref;
      told(
        join(pointer, 'discriminator', 'mapping', value),
        `'${String(target)}' was written as a reference`,
      );
    }
  });
  writeBooleansOut(document, '#', told);
}

/** A value in the type that is meant: YAML reads `1.0` as a number and `yes` as a boolean. */
function asTyped(value: unknown, type: unknown): unknown {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  const isNumber = (type === 'integer' || type === 'number') && typeof value === 'string';
  return isNumber && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
}

/**
 * The reference that a discriminator's mapping means: by a schema's name, or by the name of the document's own file.
 */
function referenceTo(document: OpenApiDocument, target: unknown): string | undefined {
  if (typeof target !== 'string') return undefined;
  const inside = /#\/.*$/.exec(target)?.[0] ?? join('#/components/schemas', target);
  return lookup(document, inside) === undefined ? undefined : inside;
}

/**
 * Writes the schemas `true` and `false` as objects, since the lint and other tools take no booleans in these places.
 */
function writeBooleansOut(part: unknown, pointer: string, told: Told): void {
  if (typeof part !== 'object' || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    const at = join(pointer, key);
    if (key === 'example' || key === 'examples' || key.startsWith('x-')) continue;
    const isSchema = key === 'schema' || pointer === '#/components/schemas';
    if (isSchema && typeof value === 'boolean') {
      (part as JsonObject)[key] = value ? {} : { not: {} };
      told(at, `the schema ${value} was written as an object`);
    } else if (!isSchema) writeBooleansOut(value, at, told);
  }
}

/** The object that a value is or refers to; undefined if there is none. */
function found(document: OpenApiDocument, value: unknown, pointer: string): JsonObject | undefined {
  try {
    const { value: target } = resolve<unknown>(document, value, pointer);
    return isObject(target) ? target : undefined;
  } catch {
    return undefined;
  }
}
