import { ConfigurationError } from '../errors/configuration-error.js';
import { createQuerySerializer } from '../openapi-fetch.js';
import type { ListStyle, OperationRow } from '../resource/operation-row.js';
import { wireValue } from '../wire/wire-value.js';

type Serializer = (query: Readonly<Record<string, unknown>>) => string;

/** Writes a query as OpenAPI does by default: a parameter is repeated for each value, an object is a `deepObject`. */
const repeated: Serializer = createQuerySerializer();

/** Writes a query whose lists and objects are one value each. */
function joined(style: ListStyle): Serializer {
  return createQuerySerializer({
    array: { style, explode: false },
    object: { style: 'form', explode: false },
  });
}

/**
 * The query string, each parameter in the style that the document has for it; what is undefined or null is left out.
 * @throws ConfigurationError for a value that can't be written; the message names the parameter
 */
export function writeQuery(query: Readonly<Record<string, unknown>>, styles: OperationRow['styles']): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    const style = styles?.[name];
    const write = !style || style === 'deepObject' ? repeated : joined(style);
    const written = named(name, write, wireValue(`query: ${name}`, value));
    if (written !== '') parts.push(written);
  }
  return parts.join('&');
}

/** Names the parameter that can't be written: what the serializer throws is for its own users. */
function named(name: string, write: Serializer, value: unknown): string {
  try {
    return write({ [name]: value });
  } catch (error) {
    const why =
      error instanceof URIError
        ? 'holds half of a surrogate pair'
        : 'holds a list or object within another, which no style of OpenAPI writes; pass it as text';
    throw new ConfigurationError(`query: ${name} ${why}`);
  }
}
