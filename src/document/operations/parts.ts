import { readExcludes, readRequiresOneOf } from '../conventions.js';
import { DocumentError } from '../errors.js';
import { isObject, join } from '../json.js';
import { resolve } from '../references/resolve.js';
import type { Example, Header, JsonObject, MediaType, OpenApiDocument, Parameter, Schema } from '../types.js';
import { isHeaderName, isPromised } from './headers.js';

const PLACES = ['query', 'path', 'header', 'cookie'];

export function readParameter(document: OpenApiDocument, source: unknown, pointer: string): Parameter {
  const { value, pointer: at } = resolve(document, source, pointer);
  if (!isObject(value) || typeof value.name !== 'string' || !PLACES.includes(String(value.in))) {
    throw new DocumentError("A parameter needs a name and an 'in' of query, path, header or cookie", at);
  }
  const place = value.in as Parameter['in'];
  const style =
    typeof value.style === 'string'
      ? value.style
      : place === 'query' || place === 'cookie'
        ? 'form'
        : 'simple';
  const [content] = readMediaTypes(document, value.content, join(at, 'content'));
  const schema = (value.schema ?? content?.schema ?? true) as Schema;
  const schemaPointer =
    value.schema === undefined && content?.schemaPointer ? content.schemaPointer : join(at, 'schema');
  return {
    name: value.name,
    in: place,
    // A path without the value would be another path, whatever the document says.
    required: value.required === true || place === 'path',
    ...description(value),
    ...(value.deprecated === true ? { deprecated: true } : {}),
    ...readRequiresOneOf(value),
    ...readExcludes(value),
    schema,
    schemaPointer,
    style,
    explode: typeof value.explode === 'boolean' ? value.explode : style === 'form',
    ...(content ? { mediaType: content.mediaType } : {}),
    examples: [...readExamples(document, value, at), ...(content?.examples ?? [])],
    pointer: at,
  };
}

/** The headers that an answer can have and a document can promise. */
export function readHeaders(document: OpenApiDocument, source: unknown, pointer: string): Header[] {
  if (!isObject(source)) return [];
  return Object.entries(source)
    .filter(([name]) => isHeaderName(name) && isPromised(name))
    .map(([name, raw]) => {
      const { value, pointer: at } = resolve(document, raw, join(pointer, name));
      if (!isObject(value)) throw new DocumentError(`Header ${name} must be an object`, at);
      return {
        name,
        required: value.required === true,
        ...description(value),
        ...schemaOf(value, at),
        examples: readExamples(document, value, at),
        pointer: at,
      };
    });
}

export function readMediaTypes(document: OpenApiDocument, source: unknown, pointer: string): MediaType[] {
  if (!isObject(source)) return [];
  return Object.entries(source).map(([mediaType, raw]) => {
    const { value, pointer: at } = resolve(document, raw, join(pointer, mediaType));
    if (!isObject(value)) throw new DocumentError(`Media type ${mediaType} must be an object`, at);
    return { mediaType, ...schemaOf(value, at), examples: readExamples(document, value, at), pointer: at };
  });
}

function readExamples(document: OpenApiDocument, source: JsonObject, pointer: string): Example[] {
  const found: Example[] = [];
  if ('example' in source)
    found.push({ name: 'example', value: source.example, pointer: join(pointer, 'example') });
  if (isObject(source.examples)) {
    for (const [name, raw] of Object.entries(source.examples)) {
      const { value, pointer: at } = resolve(document, raw, join(pointer, 'examples', name));
      // An externalValue is in another file; only a value inside the document can be checked.
      if (isObject(value) && 'value' in value)
        found.push({ name, value: value.value, pointer: join(at, 'value') });
    }
  }
  return found;
}

function schemaOf(source: JsonObject, pointer: string): { schema?: Schema; schemaPointer?: string } {
  if (source.schema === undefined) return {};
  return { schema: source.schema as Schema, schemaPointer: join(pointer, 'schema') };
}

function description(source: JsonObject): { description?: string } {
  return typeof source.description === 'string' ? { description: source.description } : {};
}

/** What stands between the items of a list that a parameter sends as one text (OpenAPI 3.1, style values). */
export function separatorOf({ style }: Pick<Parameter, 'style'>): string {
  if (style === 'spaceDelimited') return ' ';
  return style === 'pipeDelimited' ? '|' : ',';
}
