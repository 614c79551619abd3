import { type Header, isObject, type OpenApiDocument, resolve, type Schema } from '../../document/index.js';

/**
 * Converts a header's text to the type of its schema: to a number or boolean if the schema asks for one and the text is
 * one. Other text stays text.
 */
export function headerValue(document: OpenApiDocument, header: Header, text: string): unknown {
  const schema = resolve<Schema>(document, header.schema ?? true, header.pointer).value;
  const types = isObject(schema) ? [schema.type].flat() : [];
  if (types.includes('array')) return text.split(',').map((part) => part.trim());
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(?:\.\d+)?$/.test(text.trim())) {
    return Number(text);
  }
  if (types.includes('boolean') && /^(?:true|false)$/.test(text.trim())) return text.trim() === 'true';
  return text;
}
