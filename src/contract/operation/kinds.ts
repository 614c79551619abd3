import type { Operation } from '../../document/index.js';
import { essence, isJson } from './response.js';

/** Readings with a JSON answer: public or with a token, of a collection by itself or below an id. */
export function kindOfReading(operation: Operation): string | undefined {
  const { method, path, public: isPublic } = operation;
  const types = typesOfSuccess(operation);
  if (method !== 'GET' || !types.some((type) => isJson(essence(type)))) return undefined;
  return `${isPublic ? 'public' : 'with a token'}, ${path.includes('{') ? 'below an id' : 'by itself'}`;
}

/** The media types that a success may have. */
export function typesOfSuccess({ responses }: Operation): string[] {
  return responses
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ content }) => content.map(({ mediaType }) => mediaType));
}
