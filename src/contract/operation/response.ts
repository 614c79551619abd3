import { declaredMedia, essence, isJson, type ResponseSpec } from '../../document/index.js';
import type { WireResponse } from '../model/exchange.js';

/**
 * The schema to check an answer's body with. A wrong Content-Type must not hide a wrong body: then the only declared
 * JSON schema is used.
 */
export function bodySchema(declared: ResponseSpec, response: WireResponse): string | undefined {
  const media = declaredMedia(declared.content, response.headers.get('content-type'));
  if (media) return isJson(media.mediaType) ? media.schemaPointer : undefined;
  const [only, ...others] = declared.content.filter((candidate) => isJson(candidate.mediaType));
  return others.length === 0 ? only?.schemaPointer : undefined;
}

/** Media type of problem details (RFC 9457). */
export const PROBLEM = 'application/problem+json';

export function declaresProblem(content: readonly { mediaType: string }[]): boolean {
  return content.some((media) => essence(media.mediaType) === PROBLEM);
}
