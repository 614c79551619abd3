import { createQuerySerializer } from 'openapi-fetch';
import type { Query } from '../core.js';

/** A list's values as one: joined by commas, spaces or bars (OpenAPI 3.1, 4.8.12.3). */
export type ListStyle = 'form' | 'spaceDelimited' | 'pipeDelimited';

type Serializer = (query: Readonly<Record<string, unknown>>) => string;

/** Writes a query as OpenAPI does by default: a parameter is repeated for each value, an object is a `deepObject`. */
export const repeated: Serializer = createQuerySerializer();

/** Writes a query whose lists and objects are one value each. */
export function joined(style: ListStyle): Serializer {
  return createQuerySerializer({
    array: { style, explode: false },
    object: { style: 'form', explode: false },
  });
}

export function withQuery(url: string, query: Query | undefined): string {
  if (query === undefined) return url;
  const written = typeof query === 'string' ? query : repeated(query);
  return written === '' ? url : `${url}?${written}`;
}
