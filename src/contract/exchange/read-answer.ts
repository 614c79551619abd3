import type { WireResponse } from '../model/exchange.js';

/** Most bytes of an answer that are read. */
export const LARGEST = 64 * 1024 * 1024;

/** An answer whose body is still to be read. */
interface Unread {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | Response['body'];
}

/** Reads an answer as it is, whatever its content. */
export async function readResponse({ status, headers, body }: Unread): Promise<WireResponse> {
  return { status, headers, ...readText(await readBytes(body)) };
}

async function readBytes(body: Unread['body']): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > LARGEST) throw new Error(`an answer of more than ${LARGEST / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
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
