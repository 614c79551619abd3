import { USER_HEADER } from '../../text/conventions.js';
import { apiError, unreadableBody } from '../exit/failure.js';
import type { Redactor } from '../exit/redactor.js';
import { type Client, createClient, type Middleware } from '../openapi-fetch.js';
import type { Fetch } from '../options.js';
import type { Answer, Call, Core } from '../resource/call.js';
import type { OperationRow } from '../resource/operation-row.js';
import type { ApiRequest, Reading, Send } from '../send/request.js';
import { ReadResponse, realResponse } from '../send/response.js';
import { checkSize, type WrittenBody, writeBody } from '../wire/body.js';
import { addHeaders, checkedValue, hasAuthorization, headerValue } from '../wire/headers.js';
import { fillPath, writeQuery } from '../wire/parameters.js';
import type { Fetched, FetchInit } from './fetch-init.js';

export interface FetcherSettings {
  readonly send: Send;
  /** Sends to other servers, without the layers. */
  readonly elsewhere: Fetch;
  /** Base URL without a slash at the end. */
  readonly baseUrl: string;
  /** Base URLs whose resource URLs are accepted in place of ids. */
  readonly servers: readonly string[];
  /** Headers of every request, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly middleware: readonly Middleware[];
  readonly secrets: Redactor;
}

/** Counts the calls of all clients: observers may be shared by several. */
let calls = 0;

/**
 * openapi-fetch's client on top of the layers: it makes the request, runs middleware, and reads the answer. It can't
 * pass on everything that the layers need, above all the operation, so each call gets its own `fetch`, which knows the
 * rest.
 */
export class Fetcher implements Core {
  readonly elsewhere: Fetch;
  readonly baseUrl: string;
  readonly servers: readonly string[];
  readonly #settings: FetcherSettings;
  readonly #client: Client<Record<string, never>>;
  /** Whether the headers of every request set `authorization`, or remove it. */
  readonly #ownAuthorization: boolean;
  readonly #middleware: Middleware[] = [];

  constructor(settings: FetcherSettings) {
    this.elsewhere = settings.elsewhere;
    this.baseUrl = settings.baseUrl;
    this.servers = settings.servers;
    this.#settings = settings;
    this.#client = createClient({ baseUrl: settings.baseUrl, querySerializer: () => '' });
    this.#ownAuthorization = hasAuthorization(settings.headers);
    this.use(...settings.middleware);
  }

  /** The middleware of all requests, in the order it was registered. */
  get middleware(): readonly Middleware[] {
    return this.#middleware;
  }

  use(...middleware: Middleware[]): void {
    this.#client.use(...middleware);
    this.#middleware.push(...middleware);
  }

  eject(...middleware: Middleware[]): void {
    this.#client.eject(...middleware);
    for (const one of middleware) {
      const index = this.#middleware.indexOf(one);
      if (index >= 0) this.#middleware.splice(index, 1);
    }
  }

  /** Sends a resource's call, and reads the answer as the document has it. */
  async send(call: Call, reading: Reading = readingOf(call)): Promise<Answer> {
    // `stream` makes openapi-fetch leave the body alone; `answerOf` reads it.
    return answerOf(await this.fetch({ reading, parseAs: 'stream', ...call }));
  }

  /** Sends a call through openapi-fetch, middleware and the layers; any status is a result. */
  async fetch(init: FetchInit): Promise<Fetched> {
    const { operation, path, query, body, own } = init;
    const toUrl = (_: string, values: Record<string, unknown>) =>
      this.baseUrl + fillPath(operation.path, values, this.servers);
    const toQuery = (values: Record<string, unknown>) => writeQuery(values, operation.styles);
    const middleware = own?.middleware ?? [];
    // Middleware expects the standard's classes. Without middleware we avoid them: they take more CPU time than all
    // layers.
    const standard = this.#middleware.length + middleware.length > 0;
    const headers = this.#headersOf(init);
    const written = body === undefined || own?.bodySerializer ? undefined : writtenBody(init);
    // Null keeps openapi-fetch from setting a JSON type.
    if (written) headers['content-type'] = written.type;
    let request: ApiRequest | undefined;
    /** The answer, if openapi-fetch didn't read its body. */
    let unread: ReadResponse | undefined;
    const fetch = async (made: Request) => {
      request = this.#requestOf(init, standard ? await plainRequest(made) : made);
      const response = await this.#settings.send(request);
      if (standard) return realResponse(response);
      if (!(response instanceof ReadResponse) || init.parseAs !== 'stream') return response;
      unread = response;
      return withoutBody(response);
    };
    const result = await this.#call(operation, {
      // openapi-fetch adds it to a copy, which costs little if it is there.
      method: operation.method,
      middleware,
      Request: standard ? undefined : LightRequest,
      fetch,
      parseAs: init.parseAs,
      params: { path, query: typeof query === 'object' ? query : undefined },
      pathSerializer: own?.pathSerializer ?? toUrl,
      querySerializer: typeof query === 'string' ? () => query : (own?.querySerializer ?? toQuery),
      body: written?.content ?? body,
      bodySerializer: own?.bodySerializer ?? asItIs,
      headers,
      signal: init.options?.signal,
    });
    // Middleware may have answered instead of the server.
    const url = this.baseUrl + operation.path;
    request ??= this.#requestOf(init, { method: operation.method, url, headers: new Headers() });
    return { request, ...result, response: unread ?? result.response };
  }

  #call(operation: OperationRow, init: object): Promise<Omit<Fetched, 'request'>> {
    // openapi-fetch types its paths after a document; here they can be any.
    const { request } = this.#client as {
      request: (...args: unknown[]) => Promise<Omit<Fetched, 'request'>>;
    };
    return request(operation.method, operation.path, init);
  }

  #headersOf({ operation, headers, options }: FetchInit): Record<string, string | null> {
    const all: Record<string, string | null> = { ...this.#settings.headers };
    const type = operation.answer ?? operation.json;
    if (type) all.accept = `${type}, application/problem+json`;
    if (options?.user !== undefined) all[USER_HEADER] = checkedValue('user', options.user);
    addHeaders(all, headers);
    addHeaders(all, options?.headers);
    return all;
  }

  #requestOf(
    { operation, options, reading, own }: FetchInit,
    made: Pick<ApiRequest, 'method' | 'url' | 'headers'> & {
      readonly body?: unknown;
      readonly signal?: AbortSignal;
    },
  ): ApiRequest {
    calls += 1;
    return {
      operation,
      method: made.method,
      url: made.url,
      headers: made.headers,
      body: made.body as BodyInit | undefined,
      signal: options?.signal ?? made.signal,
      // Layers fill these in. Named here, so that all requests have one shape, and a copy costs little.
      limit: undefined,
      reauthorize: undefined,
      ownAuthorization:
        this.#ownAuthorization || hasAuthorization(options?.headers) || made.headers.has('authorization'),
      reading,
      timeout: options?.timeout,
      maxRetries: options?.maxRetries,
      validate: options?.validate,
      platform: own?.platform,
      secrets: this.#settings.secrets,
      call: { id: calls, attempt: 0 },
    };
  }
}

/** The body as it is sent. */
function writtenBody({ operation, body, options }: FetchInit): WrittenBody {
  const asked = headerValue(options?.headers, 'content-type') ?? undefined;
  const documented = operation.body === true ? undefined : operation.body;
  const written = writeBody(body, asked, documented);
  checkSize(written.content, operation.maxBody);
  return written;
}

/** For openapi-fetch, when the body has been written. */
function asItIs(body: unknown): unknown {
  return body;
}

/**
 * Copies a request that middleware has seen, and may have replaced: the copy's body can be sent again, and its headers
 * changed.
 */
async function plainRequest(
  request: Request,
): Promise<Pick<Request, 'method' | 'url' | 'headers' | 'signal'> & { body: BodyInit | undefined }> {
  const { method, url, signal } = request;
  const bytes = method === 'GET' || method === 'HEAD' ? undefined : await request.arrayBuffer();
  return {
    method,
    url,
    signal,
    headers: new Headers(request.headers),
    body: bytes?.byteLength ? bytes : undefined,
  };
}

/**
 * Given to openapi-fetch instead of `Request`. `fetch` would build a second `Request` from that, which costs more than
 * all layers together.
 */
class LightRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | undefined;
  readonly signal: AbortSignal | undefined;

  constructor(url: string, { method = 'GET', headers, body, signal }: RequestInit) {
    this.url = url;
    this.method = method;
    this.headers = headers as Headers;
    this.body = body ?? undefined;
    this.signal = signal ?? undefined;
  }
}

/**
 * What openapi-fetch sees of an answer that we read ourselves: it looks at `body` even if it doesn't read it, and
 * making a body takes a standard `Response`.
 */
function withoutBody(response: ReadResponse) {
  const { ok, status, headers } = response;
  return { ok, status, headers, body: null, text: () => response.text() };
}

/** How to read an operation's answer: as text, unless the document declares a file. */
function readingOf({ operation: { answer } }: Call): Reading {
  return answer === undefined || answer.startsWith('text/') ? 'text' : 'blob';
}

/**
 * Turns the fetched answer into the result of a resource's call.
 * @throws ApiError for a status other than success, UnreadableBodyError if a success isn't what the document promises
 */
export async function answerOf(fetched: Fetched): Promise<Answer> {
  const { request, response } = fetched;
  if (!response.ok) return redirected(fetched) ?? fail(fetched);
  const { operation, reading } = request;
  if (reading === 'nothing') return { data: undefined, response };
  if (reading === 'blob') return { data: await response.blob(), response };
  // Middleware may have replaced it with a standard `Response`, whose body can be read only once.
  const text = response instanceof ReadResponse ? String(response.content) : await response.text();
  if (operation.answer !== undefined) return { data: text, response };
  // The caller expects an object unless one of these holds.
  if (text === '' && (response.status === 204 || response.status === 205 || operation.empty))
    return { data: undefined, response };
  return { data: jsonIn(fetched, text), response };
}

/**
 * The JSON of a success, whose text is given.
 * @throws UnreadableBodyError if it isn't JSON
 */
export function jsonIn({ request, response }: Fetched, text: string): unknown {
  try {
    return response instanceof ReadResponse ? response.parse() : JSON.parse(text);
  } catch {
    throw unreadableBody({ request, response, text });
  }
}

/** Where an operation redirects to, if the document declares a redirect. */
function redirected({ request, response }: Fetched): Answer | undefined {
  const { status } = response;
  const location = response.headers.get('location');
  const declared = request.operation.redirect && status >= 300 && status < 400;
  if (!declared || !location || !URL.canParse(location, request.url)) return undefined;
  return { data: { status, location: new URL(location, request.url).href }, response };
}

function fail({ error, request, response }: Fetched): never {
  throw apiError({ request, response, text: typeof error === 'string' ? error : jsonOf(error) });
}

/** openapi-fetch has parsed the body, so write it as JSON again, unless it is nested too deep for that. */
function jsonOf(error: unknown): string {
  try {
    return JSON.stringify(error) ?? '';
  } catch {
    return 'JSON nested too deep';
  }
}
