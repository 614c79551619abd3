import { CUT } from '../exit/redactor.js';
import { until } from '../wait/abort.js';
import type { ApiResponse, ResponseHeaders } from './request.js';

/** The most bytes of an answer, decompressed, that we read. */
export const LARGEST = 256 * 2 ** 20;

/** A body that the connection cut off. */
export class CutBody {
  /** The text that had arrived, marked as cut; empty if there was none. */
  readonly text: string;
  /** The error that the transport threw. */
  readonly cause: unknown;

  constructor(chunks: readonly Uint8Array[], cause: unknown) {
    // `stream` makes the decoder drop a half-received character at the end.
    const text = decode(chunks, { stream: true });
    this.text = text && text + CUT;
    this.cause = cause;
  }
}

/**
 * Reads a body chunk by chunk, so that the start is known if it breaks off.
 * @param over rejects if the reading has to end before
 * @param most bytes that are read
 * @throws CutBody, or what the body's own `text()` throws
 */
export async function readText(
  response: ApiResponse,
  over: Promise<never> | undefined,
  most = LARGEST,
): Promise<string> {
  const { body } = response;
  if (!isReadable(body)) return until(over, response.text());
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  try {
    await readInto(chunks, body, over, most);
    return decode(chunks);
  } catch (error) {
    throw cutBody(chunks, error);
  }
}

/** Reads a body as bytes, of the answer's media type. @throws what its stream, or its own `blob()`, throws */
export async function readBlob(response: ApiResponse, over: Promise<never> | undefined): Promise<Blob> {
  const { body, headers } = response;
  if (!isReadable(body)) return until(over, response.blob());
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  await readInto(chunks, body, over, LARGEST);
  return new Blob(chunks, { type: headers.get('content-type') ?? '' });
}

/** The caller's own transport may use other streams than web streams, or may have read the body already. */
function isReadable(body: ApiResponse['body']): body is ReadableStream<Uint8Array<ArrayBuffer>> {
  return typeof body?.getReader === 'function' && !body.locked;
}

/** Collects what a stream gives, up to where it breaks off or grows too long. */
async function readInto(
  chunks: Uint8Array<ArrayBuffer>[],
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  over: Promise<never> | undefined,
  most: number,
): Promise<void> {
  const reader = body.getReader();
  try {
    await until(over, collect(reader, chunks, most));
  } catch (error) {
    // The stream of the caller's own transport may not follow the standard.
    new Promise((resolve) => resolve(reader.cancel())).catch(() => {});
    throw error;
  }
}

async function collect(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  chunks: Uint8Array<ArrayBuffer>[],
  most: number,
): Promise<void> {
  let size = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    if (!ArrayBuffer.isView(value)) throw new TypeError("the body's stream gave something other than bytes");
    size += value.byteLength;
    if (size > most) throw tooLong(most);
    chunks.push(value);
  }
}

/** The error for a body of more bytes than are read. */
export function tooLong(most: number): TypeError {
  return new TypeError(`the body has more than ${most / 2 ** 20} MB`);
}

/** The body may have failed because it is longer than any string can be; then there is no text to show. */
function cutBody(chunks: readonly Uint8Array[], cause: unknown): unknown {
  try {
    return new CutBody(chunks, cause);
  } catch {
    return cause;
  }
}

function decode(chunks: readonly Uint8Array[], options?: TextDecodeOptions): string {
  const decoder = new TextDecoder();
  const last = chunks.at(-1);
  const before = chunks.slice(0, -1).map((chunk) => decoder.decode(chunk, { stream: true }));
  return before.join('') + decoder.decode(last, options);
}

/** A response whose body was read, as text or bytes; it can be read from here any number of times. */
export class ReadResponse implements ApiResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly type: ResponseType;
  readonly headers: ResponseHeaders;
  readonly url: string;
  /** The body: text, or a Blob if it was read as bytes. */
  readonly content: string | Blob;
  readonly #source: ApiResponse;
  #parsed: { readonly json: unknown } | undefined;

  constructor(source: ApiResponse, content: string | Blob) {
    this.status = source.status;
    this.ok = source.status >= 200 && source.status < 300;
    this.type = source.type;
    this.headers = source.headers;
    this.url = source.url;
    this.content = content;
    this.#source = source;
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.toResponse().body;
  }

  /** The JSON in the text, parsed once: for the validators, and for the caller. @throws SyntaxError */
  parse(): unknown {
    this.#parsed ??= { json: JSON.parse(String(this.content)) };
    return this.#parsed.json;
  }

  async text(): Promise<string> {
    return typeof this.content === 'string' ? this.content : this.content.text();
  }

  async json(): Promise<unknown> {
    return typeof this.content === 'string' ? this.parse() : JSON.parse(await this.content.text());
  }

  async blob(): Promise<Blob> {
    return typeof this.content === 'string' ? this.toResponse().blob() : this.content;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.blob()).arrayBuffer();
  }

  /** A standard `Response` with the same body, to hand to the caller. */
  toResponse(): Response {
    // A redirect that a browser hides can't be rebuilt (Fetch, 2.2.6).
    if (this.status < 200 && this.#source instanceof Response) return this.#source;
    return standardResponse(this, this.content);
  }
}

/** The standard's `Response` for what a transport returned, to hand to the caller. */
export function realResponse(response: ApiResponse): Response {
  // A response without that method is a standard one, perhaps of another realm or library.
  return response.toResponse?.() ?? (response as Response);
}

/** Statuses whose responses have no body (Fetch, 2.2.3). */
const NULL_BODY = new Set([101, 204, 205, 304]);

/** A standard response with that body and the answer's `url`. */
export function standardResponse(
  { status, headers, url }: Pick<ApiResponse, 'status' | 'headers' | 'url'>,
  body: BodyInit | null,
): Response {
  const response = new Response(NULL_BODY.has(status) ? null : body, {
    status,
    headers: [...headers],
  });
  return Object.defineProperty(response, 'url', { value: url });
}
