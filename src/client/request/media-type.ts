/** The media type of a header value without its parameters, in lower case (RFC 9110, 8.3.1). */
export function essence(contentType: string): string {
  return contentType.replace(/;.*/s, '').trim().toLowerCase();
}
