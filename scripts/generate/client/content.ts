import { isJson, type MediaType, type Operation, type ResponseSpec } from '../../../src/document/index.js';

/** The success responses, the lowest status first. */
export function successes(operation: Operation): ResponseSpec[] {
  const found = operation.responses.filter((response) => response.status.startsWith('2'));
  return found.length > 0 ? found : operation.responses.filter((response) => response.status === 'default');
}

/** The media types that an operation accepts, JSON first: that is the default for a plain object. */
export function bodiesOf(operation: Operation): MediaType[] {
  const content = operation.requestBody?.content ?? [];
  const json = content.filter(({ mediaType }) => isJson(mediaType));
  return [...json, ...content.filter((media) => !json.includes(media))];
}

/** The body of the first success that has one, preferring JSON. */
export function successBody(operation: Operation): MediaType | undefined {
  const content = successes(operation).flatMap((response) => response.content);
  return content.find((media) => isJson(media.mediaType)) ?? content[0];
}
