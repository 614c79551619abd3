import { createQuerySerializer } from 'openapi-fetch';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Query } from '../send/core.js';

/** A list's values as one: joined by commas, spaces or bars (OpenAPI 3.1, 4.8.12.3). */
export type ListStyle = 'form' | 'spaceDelimited' | 'pipeDelimited';

type Serializer = (query: Readonly<Record<string, unknown>>) => string;

/** Writes a query as OpenAPI does by default: a parameter is repeated for each value, an object is a `deepObject`. */
export const repeated: Serializer = checked(createQuerySerializer());

/** Writes a query whose lists and objects are one value each. */
export function joined(style: ListStyle): Serializer {
  return checked(
    createQuerySerializer({
      array: { style, explode: false },
      object: { style: 'form', explode: false },
    }),
  );
}

/** Names the parameter that can't be written: what the serializer throws is for its own users. */
function checked(serializer: Serializer): Serializer {
  const fails = (query: Readonly<Record<string, unknown>>) => {
    try {
      serializer(query);
      return false;
    } catch {
      return true;
    }
  };
  return (query) => {
    try {
      return serializer(query);
    } catch (error) {
      const name = Object.keys(query).find((name) => fails({ [name]: query[name] }));
      const why =
        error instanceof URIError
          ? 'holds half of a surrogate pair'
          : 'holds a list or object within another, which no style of OpenAPI writes; pass it as text';
      throw new ConfigurationError(`query: ${name} ${why}`);
    }
  };
}

export function withQuery(url: string, query: Query | undefined): string {
  if (query === undefined) return url;
  const written = typeof query === 'string' ? query : repeated(query);
  return written === '' ? url : `${url}?${written}`;
}
