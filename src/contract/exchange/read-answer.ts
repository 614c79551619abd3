import type { Sent, WireResponse } from '../model/exchange.js';

/** Reads an answer as it came, whatever it is. */
export async function readResponse(response: Response): Promise<WireResponse> {
  const { status, headers } = response;
  return { status, headers, ...readText(await response.arrayBuffer()) };
}

/** Bytes as the UTF-8 text that they should be; marked where they aren't. */
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

/** The value that a text holds as JSON; undefined when it is no JSON. */
export function parseJson(text: string): Sent['json'] {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
