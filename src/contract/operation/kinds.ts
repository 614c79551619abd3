import { isJson, type Operation } from '../../document/index.js';

/**
 * The kind of an operation that reads JSON: public or with a token, at a fixed path or below an id. Undefined for
 * others.
 */
export function kindOfReading(operation: Operation): string | undefined {
  const { method, path, public: isPublic } = operation;
  const types = typesOfSuccess(operation);
  if (method !== 'GET' || !types.some((type) => isJson(type))) return undefined;
  return `${isPublic ? 'public' : 'with a token'}, ${path.includes('{') ? 'below an id' : 'by itself'}`;
}

/** The media types that a success may have. */
export function typesOfSuccess({ responses }: Operation): string[] {
  return responses
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ content }) => content.map(({ mediaType }) => mediaType));
}
