import { CUT } from '../exit/redactor.js';
import { abortable } from '../wait/abort.js';
import type { ApiResponse, ResponseHeaders } from './request.js';

/** The start of an escape (JSON, HTML) at the end of a cut text: with it, none would see the start of a secret there. */
const HALF_ESCAPE = /(?:\\u?[\da-f]{0,3}|&#?x?[\da-f]{0,7})$/i;

/** A body that was cut off on the wire. */
export class CutBody {
  /** The text that had arrived, marked as cut; empty where there was none. */
  readonly text: string;
  /** The transport's error. */
  readonly cause: unknown;

  constructor(chunks: readonly Uint8Array[], cause: unknown) {
    // As a stream, which leaves out the half of a character.
    const text = decode(chunks, { stream: true });
    this.text = text && text.replace(HALF_ESCAPE, '') + CUT;
    this.cause = cause;
  }
}

/**
 * Reads a body chunk by chunk, so that the start of one that is cut off is known.
 * @throws CutBody, or what the body's own `text()` throws
 */
export async function readText(response: ApiResponse, signal: AbortSignal | undefined): Promise<string> {
  const { body } = response;
  // A transport of the caller's may have other streams than those of the web, or have read the body already.
  if (typeof body?.getReader !== 'function' || body.locked) return abortable(response.text(), signal);
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  try {
    for (;;) {
      const { value, done } = await abortable(reader.read(), signal);
      if (done) return decode(chunks);
      if (!ArrayBuffer.isView(value))
        throw new TypeError("the body's stream gave something other than bytes");
      chunks.push(value);
    }
  } catch (error) {
    // A stream of the caller's may not keep to the standard.
    new Promise((resolve) => resolve(reader.cancel())).catch(() => {});
    throw cutBody(chunks, error);
  }
}

/** What cuts a body off may be its length, which no text can have. */
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

/** A response whose body has been read, as text or as bytes; both can be had as often as one likes. */
export class ReadResponse implements ApiResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly type: ResponseType;
  readonly headers: ResponseHeaders;
  readonly url: string;
  readonly #source: ApiResponse;
  readonly #content: string | Blob;
  #json: unknown;
  #parsed = false;

  constructor(source: ApiResponse, content: string | Blob) {
    this.status = source.status;
    this.ok = source.status >= 200 && source.status < 300;
    this.type = source.type;
    this.headers = source.headers;
    this.url = source.url;
    this.#source = source;
    this.#content = content;
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.toResponse().body;
  }

  async text(): Promise<string> {
    return typeof this.#content === 'string' ? this.#content : this.#content.text();
  }

  /** Parsed once, however many ask: the validators and the caller. @throws SyntaxError */
  async json(): Promise<unknown> {
    if (!this.#parsed) this.#json = JSON.parse(await this.text());
    this.#parsed = true;
    return this.#json;
  }

  async blob(): Promise<Blob> {
    return typeof this.#content === 'string' ? this.toResponse().blob() : this.#content;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.blob()).arrayBuffer();
  }

  /** The standard's `Response` with the same body, to be handed out. */
  toResponse(): Response {
    // What a browser hides of a redirect can't be made anew (Fetch, 2.2.6).
    if (this.status < 200 && this.#source instanceof Response) return this.#source;
    return standardResponse(this, this.#content);
  }
}

/** The standard's `Response` of what a transport gave, for whoever gets to see it. */
export function realResponse(response: ApiResponse): Response {
  // What has no such method is one, be it of another realm or library.
  return response.toResponse?.() ?? (response as Response);
}

/** Statuses whose responses have no body (Fetch, 2.2.3). */
const NULL_BODY = new Set([101, 204, 205, 304]);

/** A response of the standard with that body; its `url` is the answer's. */
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
