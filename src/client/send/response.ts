import type { ApiResponse, ResponseHeaders } from './request.js';

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
