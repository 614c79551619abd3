import type { CommandEntry, CommandValue } from '../../src/cli/api/entry.js';
import {
  goesOneWay,
  hasType,
  isObject,
  itemsOf,
  type Located,
  listsType,
  type OpenApiDocument,
  type Operation,
  properties,
  resolve,
  type Schema,
} from '../../src/document/index.js';
import { USER_HEADER, VERSION_HEADER } from '../../src/text/conventions.js';
import { needsBody } from './client/bodies.js';
import { bodiesOf } from './client/content.js';
import { literal, propertyKey } from './names.js';

/** Most characters of a description in the help. */
const LONGEST = 160;

/** `generated/commands.ts`: what the command line needs to know of each operation. */
export function generateCommands(document: OpenApiDocument, operations: readonly Operation[]): string {
  const entries = operations.map(
    (operation) =>
      `  ${propertyKey(operation.id)}: ${literal(commandEntry(document, operation))}${typed(operation)},\n`,
  );
  return `import type { ${operations.some(typed) ? 'CommandEntry, ' : ''}CommandTable } from '../src/cli/api/entry.js';

/** What the command line needs to know of each operation. */
export const commands: CommandTable = {
${entries.join('')}};
`;
}

/** TypeScript expects what each object has under such a name, such as `hasOwnProperty`, unless it is told otherwise. */
function typed({ id }: Operation): string {
  return id in Object.prototype ? ' satisfies CommandEntry' : '';
}

function commandEntry(document: OpenApiDocument, operation: Operation): CommandEntry {
  const { parameters } = operation;
  const about = sentence(operation.summary ?? operation.description);
  const path = parameters.filter((parameter) => parameter.in === 'path');
  const params = parameters.filter(
    ({ in: place, name }) =>
      place === 'query' ||
      (place === 'header' && ![USER_HEADER, VERSION_HEADER].includes(name.toLowerCase())),
  );
  const fields = fieldsOf(document, operation);
  return {
    ...(about ? { about } : {}),
    ...(path.length > 0
      ? { path: Object.fromEntries(path.map((one) => [one.name, sentence(one.description) ?? 'its id'])) }
      : {}),
    ...(params.length > 0
      ? {
          params: params.map(({ name, description, required, schema, schemaPointer }) =>
            commandValue(
              document,
              name,
              { value: schema as Schema, pointer: schemaPointer ?? '#' },
              { description, required },
            ),
          ),
        }
      : {}),
    ...(fields.length > 0 ? { fields } : {}),
    ...(needsBody(document, operation) ? { needsBody: true } : {}),
  };
}

/** The members that a request can have, if its body is an object. */
function fieldsOf(document: OpenApiDocument, operation: Operation): CommandValue[] {
  const [body] = bodiesOf(operation);
  if (!body?.schema) return [];
  const { schema, schemaPointer } = body;
  return [...properties(document, schema, schemaPointer)].flatMap(([name, located]) => {
    if (goesOneWay(document, located.value, 'readOnly', located.pointer)) return [];
    return [commandValue(document, name, located, {})];
  });
}

function commandValue(
  document: OpenApiDocument,
  name: string,
  given: Located<Schema>,
  { description, required }: { description?: string | undefined; required?: boolean },
): CommandValue {
  const schema = target(document, given);
  const items = itemsOf(document, schema.value, schema.pointer);
  const one = items ? target(document, items) : schema;
  const type = typeOf(one.value);
  const values = valuesOf(one.value);
  // A list of objects is given as one JSON text.
  const list = items !== undefined && type !== 'json';
  const said = description ?? [given.value, schema.value].map(descriptionOf).find(Boolean);
  const about = sentence(said);
  return {
    name,
    ...(about ? { about } : {}),
    ...(type ? { type } : {}),
    ...(list ? { list: true } : {}),
    ...(values.length > 0 ? { values } : {}),
    ...(required ? { required: true } : {}),
  };
}

/** The schema that a value has to fit, without the alternative of null. */
function target(document: OpenApiDocument, given: Located<Schema>): Located<Schema> {
  const located = resolve<Schema>(document, given.value, given.pointer);
  if (!isObject(located.value)) return located;
  for (const word of ['anyOf', 'oneOf', 'allOf'] as const) {
    const branches = located.value[word];
    if (!Array.isArray(branches)) continue;
    const others = branches
      .map((branch, index) => resolve<Schema>(document, branch, `${located.pointer}/${word}/${index}`))
      .filter(({ value }) => !(isObject(value) && value.type === 'null'));
    if (others.length === 1 && others[0]) return others[0];
  }
  return located;
}

function typeOf(schema: Schema): CommandValue['type'] {
  if (!isObject(schema)) return undefined;
  if (listsType(schema, 'string')) return undefined;
  for (const type of ['boolean', 'integer', 'number'] as const) if (listsType(schema, type)) return type;
  const structured = hasType(schema, 'object') || hasType(schema, 'array') || 'properties' in schema;
  return structured || ['anyOf', 'oneOf', 'allOf'].some((word) => word in schema) ? 'json' : undefined;
}

function valuesOf(schema: Schema): string[] {
  if (!isObject(schema) || !Array.isArray(schema.enum)) return [];
  return schema.enum.filter((value) => typeof value === 'string' || typeof value === 'number').map(String);
}

function descriptionOf(schema: Schema): string | undefined {
  return isObject(schema) && typeof schema.description === 'string' ? schema.description : undefined;
}

/** The first sentence, on one line. */
function sentence(text: string | undefined): string | undefined {
  const line = text?.replace(/[`*]/g, '').replace(/\s+/g, ' ').trim() ?? '';
  const first = /^.*?[.!?](?= |$)/.exec(line)?.[0] ?? line;
  const short = first.length > LONGEST ? `${first.slice(0, LONGEST - 1).replace(/\s\S*$/, '')}…` : first;
  return short.replace(/\.$/, '') || undefined;
}
