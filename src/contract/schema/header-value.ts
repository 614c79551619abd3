import { type Header, isObject, type OpenApiDocument, resolve, type Schema } from '../../document/index.js';

/**
 * Converts a header's text to the type of its schema: to a number or boolean if the schema asks for one and the text is
 * one, also in a list. Other text stays text.
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
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(?:\.\d+)?$/.test(text.trim())) {
    return Number(text);
  }
  if (types.includes('boolean') && /^(?:true|false)$/.test(text.trim())) return text.trim() === 'true';
  return text;
}
