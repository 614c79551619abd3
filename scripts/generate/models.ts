import {
  componentName,
  isObject,
  type JsonObject,
  join,
  lookup,
  type OpenApiDocument,
  properties,
  referencesOf,
  resolve,
  type Schema,
} from '../../src/document/index.js';
import { jsdoc } from './jsdoc.js';
import { KEYWORDS, Names, propertyKey, quote, TYPE_NAMES, withoutTexts } from './names.js';

const SCHEMAS = '#/components/schemas';
/** Names that the generated files declare or use themselves. */
const RESERVED = [
  'Answered',
  'Array',
  'Exclude',
  'Extract',
  'Model',
  'NonNullable',
  'Readable',
  'Record',
  'Wire',
  'WithRequired',
  'Writable',
].concat(['$Read', '$Write', '$defs', 'components', 'operations', 'paths', 'webhooks']);

/** The names of the models, by their schema's name. */
export function modelNames(document: OpenApiDocument): Map<string, string> {
  const names = new Names([...KEYWORDS, ...TYPE_NAMES, ...RESERVED]);
  return new Map(schemaNames(document).map((schema) => [schema, names.claim(schema)]));
}

/**
 * `generated/models.ts`: the schemas as the client returns them, each an interface so that editors show its name. On
 * the wire a reference is a URL or an object; here it is the URL, and `Expanded` turns it into the object.
 */
export function generateModels(document: OpenApiDocument): string {
  const names = modelNames(document);
  const linked = linkedSchemas(document);
  const models = [...names].map(([schema, name]) => model(document, { schema, name, names, linked }));
  if (models.length === 0) return 'export {};\n';
  const code = models.map(withoutTexts).join('\n');
  return `${importOf(code, 'Model', '../src/client/resource/expand.js')}${importOf(code, 'Answered', '../src/client/resource/wire-types.js')}import type { components } from './schema.js';

type Wire<Name extends keyof components['schemas']> = components['schemas'][Name];

${models.join('\n')}`;
}

function importOf(code: string, name: string, file: string): string {
  return code.includes(`${name}<`) ? `import type { ${name} } from '${file}';\n` : '';
}

interface Context {
  schema: string;
  name: string;
  names: ReadonlyMap<string, string>;
  /** Schemas with references, directly or in nested models. */
  linked: ReadonlySet<string>;
}

function model(document: OpenApiDocument, context: Context): string {
  const { name, schema, names } = context;
  const pointer = join(SCHEMAS, schema);
  const value = lookup(document, pointer) as Schema;
  const wire = `Wire<${quote(schema)}>`;
  const answered = `Answered<${wire}>`;
  const doc = isObject(value) && typeof value.description === 'string' ? jsdoc([value.description]) : '';
  if (!isPlainObject(document, value, pointer)) {
    return `${doc}export type ${name} = ${typeOf(value, context) ?? answered};\n`;
  }
  if (!context.linked.has(schema)) return `${doc}export interface ${name} extends ${answered} {}\n`;
  const references = [...referencesOf(document, value, pointer)].map(([field, reference]) => {
    const target = names.get(reference.component ?? '') ?? `Extract<${wire}[${quote(field)}], object>`;
    return `${propertyKey(field)}: ${target}`;
  });
  const nested = nestedFields(document, value, context);
  const third = nested.length > 0 ? `, { ${nested.join('; ')} }` : '';
  return `${doc}export interface ${name} extends Model<${answered}, { ${references.join('; ')} }${third}> {}\n`;
}

/** Fields that hold linked models: `items: Model[]`. */
function nestedFields(document: OpenApiDocument, value: Schema, context: Context): string[] {
  const references = referencesOf(document, value);
  const found: string[] = [];
  for (const [field, property] of properties(document, value)) {
    const type = references.has(field) ? undefined : typeOf(property.value, context);
    if (type) found.push(`${propertyKey(field)}: ${type}`);
  }
  return found;
}

/** The model type of a schema that is a linked component, or an array or union of such. */
function typeOf(schema: unknown, context: Pick<Context, 'names' | 'linked'>): string | undefined {
  const component = componentName(schema);
  if (component !== undefined)
    return context.linked.has(component) ? context.names.get(component) : undefined;
  if (!isObject(schema)) return undefined;
  if (schema.type === 'array') {
    const item = typeOf(schema.items, context);
    return item && `${item.includes(' ') ? `(${item})` : item}[]`;
  }
  const branches = choice(schema);
  const types = branches?.map((branch) => (isNull(branch) ? 'null' : typeOf(branch, context)));
  return types?.every((type) => type !== undefined) && types.some((type) => type !== 'null')
    ? types.join(' | ')
    : undefined;
}

function choice(schema: JsonObject): unknown[] | undefined {
  for (const keyword of ['oneOf', 'anyOf', 'allOf']) {
    const branches = schema[keyword];
    // Before OpenAPI 3.1, a single branch of allOf was the way to add a description to a reference.
    if (Array.isArray(branches) && (keyword !== 'allOf' || branches.length === 1)) return branches;
  }
  return undefined;
}

function isNull(schema: unknown): boolean {
  return isObject(schema) && schema.type === 'null';
}

/** Whether an interface can extend it: it must be an object with known properties and without alternatives. */
function isPlainObject(document: OpenApiDocument, schema: Schema, pointer: string): boolean {
  if (!isObject(schema) || '$ref' in schema || choice({ ...schema, allOf: undefined })) return false;
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false) return false;
  if (schema.type !== undefined && schema.type !== 'object') return false;
  if (schema.enum !== undefined || schema.const !== undefined || schema.not !== undefined) return false;
  const parts = Array.isArray(schema.allOf) ? schema.allOf : [];
  const plain = parts.every((part, index) => {
    const located = resolve<Schema>(document, part, join(pointer, 'allOf', index));
    return isPlainObject(document, located.value, located.pointer);
  });
  return plain && properties(document, schema, pointer).size > 0;
}

/** Schemas with references, and those that hold such schemas. */
function linkedSchemas(document: OpenApiDocument): Set<string> {
  const linked = new Set<string>();
  const names = schemaNames(document);
  const known = new Map(names.map((name) => [name, name]));
  for (let size = -1; size !== linked.size; ) {
    size = linked.size;
    for (const name of names) {
      const pointer = join(SCHEMAS, name);
      const schema = lookup(document, pointer) as Schema;
      const holds =
        referencesOf(document, schema, pointer).size > 0 ||
        typeOf(schema, { names: known, linked }) !== undefined ||
        [...properties(document, schema, pointer).values()].some(
          (property) => typeOf(property.value, { names: known, linked }) !== undefined,
        );
      if (holds) linked.add(name);
    }
  }
  return linked;
}

function schemaNames(document: OpenApiDocument): string[] {
  const schemas = lookup(document, SCHEMAS);
  return isObject(schemas) ? Object.keys(schemas).sort() : [];
}
