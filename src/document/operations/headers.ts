/** What a header may be called (RFC 9110, section 5.1). */
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;

/** Headers of one connection, which server, proxy and caller each set for themselves (RFC 9110, section 7.6.1). */
const OF_THE_CONNECTION = /^(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i;

/**
 * OpenAPI 3.1 ignores these (header object, parameter object), since media types and security schemes already describe
 * them.
 */
const SAID_ELSEWHERE = { answer: /^content-type$/i, request: /^(accept|content-type|authorization)$/i };

export function isHeaderName(name: string): boolean {
  return NAME.test(name);
}

/**
 * Whether a document can promise a header of an answer. It can't promise the content coding: the caller asks for it,
 * and proxies undo it.
 */
export function isPromised(name: string): boolean {
  if (OF_THE_CONNECTION.test(name) || /^content-encoding$/i.test(name)) return false;
  return !SAID_ELSEWHERE.answer.test(name);
}

/**
 * Whether a document can ask for a header of a request. `fetch` writes the length and the host, and knows no Expect.
 */
export function isAskedFor(name: string): boolean {
  if (OF_THE_CONNECTION.test(name) || /^(content-length|host|expect)$/i.test(name)) return false;
  return !SAID_ELSEWHERE.request.test(name);
}
