import { isDeepStrictEqual } from 'node:util';
import {
  goesOneWay,
  isJson,
  isObject,
  join,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  properties,
  resolve,
  type Schema,
} from '../../../src/document/index.js';
import { quote } from '../names.js';
import { bodiesOf } from './content.js';
import { datePaths } from './dates.js';

/** The type of a request body in one media type. */
export interface BodyChoice {
  mediaType: string;
  type: string;
}

/** The type of the request body, in any media type that the operation accepts. */
export function bodyType(document: OpenApiDocument, operation: Operation): string {
  const types = bodiesOf(operation).flatMap((media) => typesIn(document, operation, media));
  return [...new Set(types)].join(' | ');
}

/**
 * The type of the body in each media type, the default first, where the schemas differ; undefined where one type says
 * it all. What names its own media type, such as a `FormData`, needs no choice.
 */
export function bodyTypes(document: OpenApiDocument, operation: Operation): BodyChoice[] | undefined {
  const [first, ...others] = bodiesOf(operation);
  if (!first || others.every((media) => hasSameSchema(document, first, media))) return undefined;
  const choices = [first, ...others].map((media) => ({
    mediaType: media.mediaType,
    types: typesIn(document, operation, media),
  }));
  const byThemselves = choices.flatMap(({ types }) => types.filter((type) => NAMING.has(type)));
  return choices.map(({ mediaType, types }, index) => ({
    mediaType,
    type: [...new Set(index === 0 ? [...types, ...byThemselves] : types)].join(' | '),
  }));
}

/** Bodies that are sent in a media type of their own, whatever the default is. */
const NAMING: ReadonlySet<string> = new Set(['FormData', 'URLSearchParams']);

function hasSameSchema(document: OpenApiDocument, one: MediaType, other: MediaType): boolean {
  const [a, b] = [one, other].map(
    ({ schema, schemaPointer = '#' }) => resolve<Schema>(document, schema ?? true, schemaPointer).value,
  );
  return isDeepStrictEqual(a, b);
}

/**
 * Whether the body is required: the document says so, or its schema requires a member in requests. Some documents never
 * say `required: true`.
 */
export function needsBody(document: OpenApiDocument, operation: Operation): boolean {
  if (operation.requestBody?.required) return true;
  const bodies = bodiesOf(operation);
  return (
    bodies.length > 0 &&
    bodies.every(({ schema, schemaPointer = '#' }) => {
      return schema !== undefined && requiresMember(document, schema, schemaPointer);
    })
  );
}

function typesIn(document: OpenApiDocument, operation: Operation, media: MediaType): string[] {
  const { mediaType } = media;
  const written = () => sentType(document, operation, media);
  if (isJson(mediaType)) return [written()];
  if (mediaType === 'multipart/form-data')
    return ['FormData', media.schema === undefined ? 'Record<string, unknown>' : `FormFields<${written()}>`];
  if (mediaType === 'application/x-www-form-urlencoded') return ['URLSearchParams', written()];
  return mediaType.startsWith('text/') ? ['string'] : ['Blob', 'ArrayBuffer', 'Uint8Array', 'string'];
}

function sentType(document: OpenApiDocument, operation: Operation, media: MediaType): string {
  if (media.schema === undefined) return 'unknown';
  const wire = `NonNullable<schema.operations[${quote(operation.id)}]['requestBody']>['content'][${quote(media.mediaType)}]`;
  const dates = datePaths(document, media.schema, media.schemaPointer, ['date-time', 'date']);
  return `Sent<${[wire, dates.map(quote).join(' | ')].filter(Boolean).join(', ')}>`;
}

function requiresMember(
  document: OpenApiDocument,
  schema: Schema,
  pointer: string,
  seen = new Set<string>(),
): boolean {
  const located = resolve<Schema>(document, schema, pointer);
  if (!isObject(located.value) || seen.has(located.pointer)) return false;
  seen.add(located.pointer);
  const { required, allOf } = located.value;
  const known = properties(document, located.value, located.pointer);
  const own = (Array.isArray(required) ? required : []).some((name) => {
    const property = known.get(String(name));
    return !(property && goesOneWay(document, property.value, 'readOnly', property.pointer));
  });
  if (own) return true;
  // Whichever it is, it requires a member.
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const choices = located.value[keyword];
    const each = (choice: unknown, index: number) =>
      requiresMember(document, choice as Schema, join(located.pointer, keyword, index), new Set(seen));
    if (Array.isArray(choices) && choices.length > 0 && choices.every(each)) return true;
  }
  return (Array.isArray(allOf) ? allOf : []).some((part, index) =>
    requiresMember(document, part as Schema, join(located.pointer, 'allOf', index), seen),
  );
}
