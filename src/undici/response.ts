import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { ApiResponse, ResponseHeaders } from '../client/send/request.js';
import { LARGEST, standardResponse, tooLong } from '../client/send/response.js';
import { decoded } from './decode.js';

/** An answer of undici's `request`. A `Response` is made only when the caller gets one. */
export class UndiciResponse implements ApiResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly type = 'default';
  readonly headers: ResponseHeaders;
  readonly url: string;
  /** No web stream; `toResponse` makes one when needed. */
  readonly body = null;
  readonly #body: Dispatcher.ResponseData['body'];

  constructor(url: string, { statusCode, headers, body }: Dispatcher.ResponseData) {
    this.status = statusCode;
    this.ok = statusCode >= 200 && statusCode < 300;
    this.headers = new UndiciHeaders(headers);
    this.url = url;
    this.#body = body;
  }

  async text(): Promise<string> {
    if (this.#isBounded()) return this.#body.text();
    return new TextDecoder().decode(await this.arrayBuffer());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const encoding = this.headers.get('content-encoding');
    return (await bytesOf(decoded(this.#body, encoding))).buffer;
  }

  /** Whether the body is as it was sent, and of a length that the server declared: undici reads no more than that. */
  #isBounded(): boolean {
    const length = this.headers.get('content-length');
    return length !== null && Number(length) <= LARGEST && this.headers.get('content-encoding') === null;
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.arrayBuffer()], { type: this.headers.get('content-type') ?? '' });
  }

  /** A standard `Response` with its body unread. */
  toResponse(): Response {
    const stream = decoded(this.#body, this.headers.get('content-encoding'));
    return standardResponse(this, Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>);
  }
}

async function bytesOf(stream: Readable): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    // Leaving the loop ends the stream, and with it the connection.
    if (size > LARGEST) throw tooLong(LARGEST);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Reads undici's headers: a record, with a list for a header that came more than once. */
class UndiciHeaders implements ResponseHeaders {
  readonly #fields: Dispatcher.ResponseData['headers'];

  constructor(fields: Dispatcher.ResponseData['headers']) {
    this.#fields = fields;
  }

  get(name: string): string | null {
    const value = this.#fields[name.toLowerCase()];
    if (value === undefined) return null;
    return typeof value === 'string' ? value : value.join(', ');
  }

  *[Symbol.iterator](): IterableIterator<[string, string]> {
    for (const [name, value] of Object.entries(this.#fields)) {
      if (typeof value === 'string') yield [name, value];
      else for (const one of value ?? []) yield [name, one];
    }
  }
}
