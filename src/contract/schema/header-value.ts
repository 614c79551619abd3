import {
  type Header,
  isObject,
  type OpenApiDocument,
  properties,
  resolve,
  type Schema,
} from '../../document/index.js';

/**
 * Converts a header's text to the type of its schema: to a number or boolean if the schema asks for one and the text is
 * one, also in a list or an object. Other text stays text.
 */
export function headerValue(document: OpenApiDocument, header: Header, text: string): unknown {
  return readAs(document, header.schema ?? true, header.pointer, text);
}

function readAs(document: OpenApiDocument, source: Schema, place: string, text: string): unknown {
  const { value: schema, pointer } = resolve<Schema>(document, source, place);
  const types = isObject(schema) ? [schema.type].flat() : [];
  if (types.includes('array')) {
    const items = isObject(schema) ? ((schema.items ?? true) as Schema) : true;
    return text.split(',').map((part) => readAs(document, items, `${pointer}/items`, part.trim()));
  }
  if (types.includes('object')) return readMembers(document, schema, pointer, text);
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(?:\.\d+)?$/.test(text.trim())) {
    return Number(text);
  }
  if (types.includes('boolean') && /^(?:true|false)$/.test(text.trim())) return text.trim() === 'true';
  return text;
}

/** An object in a header: `width,5,height,3`, or `width=5,height=3` (OpenAPI 3.1, style `simple`). */
function readMembers(document: OpenApiDocument, schema: Schema, pointer: string, text: string): unknown {
  const parts = text.split(',').map((part) => part.trim());
  const pairs = parts.every((part) => part.includes('='))
    ? parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const)
    : parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? ''] as const] : []));
  const fields = properties(document, schema, pointer);
  return Object.fromEntries(
    pairs.map(([name, value]) => {
      const field = fields.get(name);
      return [name, field ? readAs(document, field.value, field.pointer, value) : value];
    }),
  );
}
