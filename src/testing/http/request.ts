import type { FakeRequest } from './exchange.js';

/** Longest request body that is read, in bytes; a longer one is answered with 413. */
export const MAX_BODY = 20_971_520;

/**
 * Converts a request to the form that the fake works with.
 *
 * @param ip address of the caller: callers without a token share the rate limit of their address.
 */
export async function readRequest(request: Request, ip: string): Promise<FakeRequest> {
  const { body, tooLarge } = await readBody(request);
  const form = tooLarge ? undefined : await fieldsOf(body, request.headers.get('content-type') ?? '');
  return {
    method: request.method,
    url: new URL(request.url),
    headers: Object.fromEntries(request.headers),
    body,
    tooLarge,
    ...(form ? { form } : {}),
    ip,
  };
}

/** Reads and drops what exceeds the limit, since a client finishes sending before it reads the answer. */
async function readBody(request: Request): Promise<{ body: Uint8Array<ArrayBuffer>; tooLarge: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body) {
    for await (const chunk of chunksOf(request.body)) {
      size += chunk.length;
      if (size <= MAX_BODY) chunks.push(chunk);
    }
  }
  return { body: joined(chunks), tooLarge: size > MAX_BODY };
}

// Not every browser can iterate over a stream.
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** The fields of a form, without its files; empty if the form can't be read, undefined if the body isn't a form. */
async function fieldsOf(
  body: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<FakeRequest['form'] | undefined> {
  if (!/^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(contentType)) return undefined;
  const response = new Response(body, { headers: { 'content-type': contentType } });
  const fields = await response.formData().catch(() => []);
  return [...fields].filter((field): field is [string, string] => typeof field[1] === 'string');
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
