import { essence, isJson, type MediaType, type ResponseSpec } from '../../document/index.js';
import type { WireResponse } from '../model/exchange.js';

/** The declared media type that matches an answer's Content-Type, including ranges such as `text/*`. */
export function declaredMedia(declared: ResponseSpec, response: WireResponse): MediaType | undefined {
  const type = essence(response.headers.get('content-type'));
  if (type === undefined) return undefined;
  const by = (wanted: string) => declared.content.find((media) => essence(media.mediaType) === wanted);
  return by(type) ?? by(`${type.split('/')[0]}/*`) ?? by('*/*');
}

/**
 * The schema to check an answer's body with. A wrong Content-Type must not hide a wrong body: then the only declared
 * JSON schema is used.
 */
export function bodySchema(declared: ResponseSpec, response: WireResponse): string | undefined {
  const media = declaredMedia(declared, response);
  if (media) return isJson(media.mediaType) ? media.schemaPointer : undefined;
  const [only, ...others] = declared.content.filter((candidate) => isJson(candidate.mediaType));
  return others.length === 0 ? only?.schemaPointer : undefined;
}

/** Media type of problem details (RFC 9457). */
export const PROBLEM = 'application/problem+json';

export function declaresProblem(content: readonly { mediaType: string }[]): boolean {
  return content.some((media) => essence(media.mediaType) === PROBLEM);
}
