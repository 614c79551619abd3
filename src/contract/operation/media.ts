import { essence as essenceOf } from '../../client/request/media-type.js';

/** The media type of a header value; undefined where it names none. */
export function essence(contentType: string | null): string | undefined {
  return essenceOf(contentType ?? '') || undefined;
}

export function isJson(type: string | undefined): boolean {
  return type !== undefined && /^application\/(?:json|[\w.-]+\+json)$/.test(type);
}
