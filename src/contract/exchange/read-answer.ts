import type { Sent, WireResponse } from '../model/exchange.js';

/** Reads an answer as it is, whatever its content. */
export async function readResponse(response: Response): Promise<WireResponse> {
  const { status, headers } = response;
  return { status, headers, ...readText(await response.arrayBuffer()) };
}

/** Decodes bytes as UTF-8; marks them if they aren't. */
export function readText(
  bytes: ArrayBufferLike | ArrayBufferView,
): Pick<WireResponse, 'body' | 'malformedText' | 'byteOrderMark'> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith('\ufeff') ? { body: text.slice(1), byteOrderMark: true } : { body: text };
  } catch {
    return { body: new TextDecoder().decode(bytes), malformedText: true };
  }
}

/** Parses text as JSON; undefined if it isn't. */
export function parseJson(text: string): Sent['json'] {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
