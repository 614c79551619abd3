import type { MediaType, Operation, ResponseSpec } from '../types.js';

/** A media type without its parameters, in small letters (RFC 9110, 8.3.1); undefined where there is none. */
export function essence(contentType: string | null | undefined): string | undefined {
  return contentType?.replace(/;.*/s, '').trim().toLowerCase() || undefined;
}

/** Whether that is JSON: `application/json`, or a type with such a suffix (RFC 6839, 3.1), whatever its parameters. */
export function isJson(mediaType: string | null | undefined): boolean {
  return /[/+]json$/.test(essence(mediaType) ?? '');
}

/** The declared media type that a `Content-Type` is one of: the same, or else a range such as `text/*`. */
export function declaredMedia(
  content: readonly MediaType[],
  contentType: string | null | undefined,
): MediaType | undefined {
  const type = essence(contentType);
  if (type === undefined) return undefined;
  const by = (wanted: string) => content.find(({ mediaType }) => essence(mediaType) === wanted);
  return by(type) ?? by(`${type.split('/')[0]}/*`) ?? by('*/*');
}

/** The response that an operation declares for a status: the status itself, its range, or `default`. */
export function declaredResponse({ responses }: Operation, status: number): ResponseSpec | undefined {
  const by = (wanted: string) => responses.find((response) => response.status === wanted);
  return by(String(status)) ?? by(`${Math.floor(status / 100)}XX`) ?? by('default');
}

/**
 * The schema to check an answer's body with. A wrong Content-Type must not hide a wrong body: then the only declared
 * JSON schema is used.
 */
export function bodySchema(declared: ResponseSpec, contentType: string | null): string | undefined {
  const media = declaredMedia(declared.content, contentType);
  if (media) return isJson(media.mediaType) ? media.schemaPointer : undefined;
  const [only, ...others] = declared.content.filter((candidate) => isJson(candidate.mediaType));
  return others.length === 0 ? only?.schemaPointer : undefined;
}

/** Media type of problem details (RFC 9457). */
export const PROBLEM = 'application/problem+json';

export function declaresProblem(content: readonly { mediaType: string }[]): boolean {
  return content.some((media) => essence(media.mediaType) === PROBLEM);
}
