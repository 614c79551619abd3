import {
  allProperties,
  goesOneWay,
  isJson,
  isObject,
  itemsOf,
  join,
  type Located,
  type OpenApiDocument,
  type Operation,
  resolve,
  type Schema,
} from '../../../src/document/index.js';
import type { KnownNames } from '../../../src/text/misspelt.js';
import { bodiesOf } from '../client/content.js';
import { literal, propertyKey } from '../names.js';

/** Levels of objects and lists within a body whose names are kept: with more, the table would grow too large. */
const DEEPEST = 4;

/** `generated/body-names.ts`: the names that the members of request bodies have. */
export function generateBodyNames(document: OpenApiDocument, operations: readonly Operation[]): string {
  const entries = operations.flatMap((operation) => {
    const names = bodyNames(document, operation);
    return names ? [`  ${propertyKey(operation.id)}: ${literal(names)},\n`] : [];
  });
  return `import type { KnownNames } from '../src/text/misspelt.js';

/** The names of the members of each operation's JSON body, and of those within them. */
export const bodyNames: KnownNames = {
${entries.join('')}};
`;
}

function bodyNames(document: OpenApiDocument, operation: Operation): KnownNames | null {
  const body = bodiesOf(operation).find(({ mediaType }) => isJson(mediaType));
  if (!body?.schema) return null;
  return namesOf(document, { value: body.schema, pointer: body.schemaPointer ?? '#' }, DEEPEST);
}

function namesOf(document: OpenApiDocument, given: Located<Schema>, levels: number): KnownNames | null {
  if (levels === 0) return null;
  const items = itemsOf(document, given.value, given.pointer);
  if (items) return namesOf(document, items, levels - 1);
  const fields = allProperties(document, given.value, given.pointer);
  if (fields.size === 0 || takesAnyName(document, given)) return null;
  return Object.fromEntries(
    [...fields].map(([name, field]) => [
      name,
      goesOneWay(document, field.value, 'readOnly', field.pointer)
        ? false
        : namesOf(document, field, levels - 1),
    ]),
  );
}

/** Whether the schema, or one that it is made of, says itself what members of other names hold. */
function takesAnyName(document: OpenApiDocument, given: Located<Schema>, seen = new Set<string>()): boolean {
  const { value, pointer } = resolve<Schema>(document, given.value, given.pointer);
  if (!isObject(value) || seen.has(pointer)) return false;
  seen.add(pointer);
  const { additionalProperties, patternProperties } = value;
  if (patternProperties !== undefined || (additionalProperties ?? false) !== false) return true;
  return ['allOf', 'anyOf', 'oneOf'].some((keyword) => {
    const branches = value[keyword];
    return (
      Array.isArray(branches) &&
      branches.some((branch, index) =>
        takesAnyName(document, { value: branch, pointer: join(pointer, keyword, index) }, seen),
      )
    );
  });
}
