import { USER_HEADER } from '../conventions.js';
import type { Redactor } from '../exit/redactor.js';
import { type Client, createClient, type Middleware, type ParseAs } from '../openapi-fetch.js';
import type { HeaderValues, RequestOptions } from '../options.js';
import type { Query } from '../resource/call.js';
import type { OperationRow } from '../resource/operation-row.js';
import type { ApiRequest, ApiResponse, Reading, Send } from '../send/request.js';
import { realResponse } from '../send/response.js';
import { checkSize, writeBody } from '../wire/body.js';
import { checkedValue, hasAuthorization, headerValue, mergeHeaders } from '../wire/headers.js';
import { fillPath, writeQuery } from '../wire/parameters.js';

/** What one request is made of, before openapi-fetch makes it. */
export interface FetchInit {
  readonly operation: OperationRow;
  /** Values for the `{…}` of the operation's path. */
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Query | undefined;
  /** Header parameters. */
  readonly headers: HeaderValues | undefined;
  readonly body: unknown;
  readonly options: RequestOptions | undefined;
  readonly reading: Reading;
  /** What openapi-fetch makes of the body of a success. */
  readonly parseAs: ParseAs;
  /** What openapi-fetch takes for one request, and members of `RequestInit` that only the platform's `fetch` knows. */
  readonly own?: OwnInit | undefined;
}

/** The init of openapi-fetch that is a caller's own. */
export interface OwnInit {
  readonly querySerializer?: unknown;
  readonly bodySerializer?: unknown;
  readonly pathSerializer?: unknown;
  readonly middleware?: readonly Middleware[] | undefined;
  readonly platform?: RequestInit | undefined;
}

/** What openapi-fetch made of the answer, and the request that it was an answer to. */
export interface Fetched {
  readonly data?: unknown;
  /** The body of an answer other than a success: parsed JSON, or its text; undefined where it is empty. */
  readonly error?: unknown;
  readonly response: ApiResponse;
  readonly request: ApiRequest;
}

export interface FetcherSettings {
  readonly send: Send;
  /** Base URL without a slash at the end. */
  readonly baseUrl: string;
  /** Base URLs whose resource URLs are accepted in place of ids. */
  readonly servers: readonly string[];
  /** Headers of every request, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly middleware: readonly Middleware[];
  readonly secrets: Redactor;
}

/** Calls of all clients: observers may hear of several. */
let calls = 0;

/**
 * openapi-fetch's client over the layers: it makes the request, runs middleware, and reads the answer. What it has no
 * place for, above all which operation the request is of, travels beside it in a `fetch` of each call's own.
 */
export class Fetcher {
  readonly #settings: FetcherSettings;
  readonly #client: Client<Record<string, never>>;
  readonly #middleware: Middleware[] = [];

  constructor(settings: FetcherSettings) {
    this.#settings = settings;
    this.#client = createClient({ baseUrl: settings.baseUrl });
    this.use(...settings.middleware);
  }

  /** The middleware of all requests, in the order of its registration. */
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

  async fetch(init: FetchInit): Promise<Fetched> {
    const { operation, path, query, body, own } = init;
    // Middleware expects the standard's classes, which take more CPU time than all layers together.
    const standard = this.#middleware.length > 0 || (own?.middleware?.length ?? 0) > 0;
    const headers = this.#headersOf(init);
    let request: ApiRequest | undefined;
    const fetch = async (made: Request) => {
      request = this.#requestOf(init, standard ? await plainRequest(made) : made);
      const response = await this.#settings.send(request);
      return standard ? realResponse(response) : response;
    };
    const result = await this.#call(operation, {
      middleware: own?.middleware ?? [],
      ...(standard ? {} : { Request: LightRequest }),
      fetch,
      parseAs: init.parseAs,
      params: { path, query: typeof query === 'object' ? query : undefined },
      pathSerializer: own?.pathSerializer ?? this.#pathSerializer(operation),
      querySerializer:
        typeof query === 'string' ? () => query : (own?.querySerializer ?? querySerializer(operation)),
      ...(own?.bodySerializer ? { body, bodySerializer: own.bodySerializer } : this.#written(init, headers)),
      headers,
      signal: init.options?.signal,
    });
    // Middleware may have answered in the server's place.
    const url = this.#settings.baseUrl + operation.path;
    request ??= this.#requestOf(init, { method: operation.method, url, headers: new Headers() });
    return { ...result, request };
  }

  #call(operation: OperationRow, init: object): Promise<Omit<Fetched, 'request'>> {
    // The types of openapi-fetch are for a document's paths; these are of any.
    const { request } = this.#client as {
      request: (...args: unknown[]) => Promise<Omit<Fetched, 'request'>>;
    };
    return request(operation.method, operation.path, init);
  }

  #headersOf({ operation, headers, options }: FetchInit): Record<string, string | null> {
    const merged = { ...this.#settings.headers };
    if (operation.answer) merged.accept = `${operation.answer}, application/problem+json`;
    if (options?.user !== undefined) merged[USER_HEADER] = checkedValue('user', options.user);
    return mergeHeaders(mergeHeaders(merged, headers), options?.headers);
  }

  /** The body as it is sent; its media type goes into the headers. */
  #written({ operation, body, options }: FetchInit, headers: Record<string, string | null>): object {
    if (body === undefined) return {};
    const asked = headerValue(options?.headers, 'content-type') ?? undefined;
    const documented = operation.body === true ? undefined : operation.body;
    const { content, type } = writeBody(body, asked, documented);
    checkSize(content, operation.maxBody);
    // Null keeps openapi-fetch from saying JSON.
    headers['content-type'] = type;
    return { body: content, bodySerializer: (written: unknown) => written };
  }

  #pathSerializer({ path }: OperationRow): (url: string, values: Record<string, unknown>) => string {
    const { baseUrl, servers } = this.#settings;
    return (_, values) => baseUrl + fillPath(path, values, servers);
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
      ownAuthorization:
        hasAuthorization(this.#settings.headers) ||
        hasAuthorization(options?.headers) ||
        made.headers.has('authorization'),
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

function querySerializer({ styles }: OperationRow): (query: Record<string, unknown>) => string {
  return (query) => writeQuery(query, styles);
}

/** A request that middleware has seen, and may have replaced: its body can be sent again, its headers are our own. */
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
 * What openapi-fetch makes of each call in place of a `Request`: that one would be made a second time by `fetch`, and
 * costs more than all layers together.
 */
class LightRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | undefined;

  constructor(url: string, { method = 'GET', headers, body }: RequestInit) {
    this.url = url;
    this.method = method;
    this.headers = headers as Headers;
    this.body = body ?? undefined;
  }
}
