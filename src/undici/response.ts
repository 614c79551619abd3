import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { ApiResponse, ResponseHeaders } from '../client/send/request.js';
import { standardResponse } from '../client/send/response.js';
import { decoded } from './decode.js';

/** An answer of undici's `request`; a `Response` is made of it only where one is handed out. */
export class UndiciResponse implements ApiResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly type = 'default';
  readonly headers: ResponseHeaders;
  readonly url: string;
  /** There is no stream of the web, as long as nobody asks for the whole `Response`. */
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
    const encoding = this.headers.get('content-encoding');
    if (encoding === null) return this.#body.text();
    return new TextDecoder().decode(await bytesOf(decoded(this.#body, encoding)));
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const encoding = this.headers.get('content-encoding');
    return (await bytesOf(decoded(this.#body, encoding))).buffer;
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.arrayBuffer()], { type: this.headers.get('content-type') ?? '' });
  }

  /** The standard's `Response`, its body unread. */
  toResponse(): Response {
    const stream = decoded(this.#body, this.headers.get('content-encoding'));
    return standardResponse(this, Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>);
  }
}

async function bytesOf(stream: Readable): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** The headers as undici gives them: a record, with a list for those that came more than once. */
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
    for (const [name, value] of Object.entries(this.#fields))
      for (const one of [value ?? []].flat()) yield [name, one];
  }
}
