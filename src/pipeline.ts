import { type Outcome, attempt as sendOnce } from './attempt.js';
import type { TokenSource } from './auth/token-source.js';
import type { Answer, Call } from './core.js';
import { ConfigurationError } from './errors/configuration-error.js';
import { ConnectionError } from './errors/connection-error.js';
import { apiError, unreadableBody } from './failure.js';
import { checkedValue, hasAuthorization, mergeHeaders } from './headers.js';
import type { Fetch } from './options.js';
import { type RetryPolicy, retryDelay } from './retry.js';
import { sleep } from './sleep.js';

export interface PipelineSettings {
  readonly fetch: Fetch;
  /** Headers of every request, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tokens: TokenSource | undefined;
  /** Milliseconds. */
  readonly timeout: number;
  readonly retry: RetryPolicy;
}

/** What lies between a call and its answer: token, attempts and waits. */
export class Pipeline {
  readonly #settings: PipelineSettings;
  #token: string | undefined;
  #headers: Readonly<Record<string, string>>;

  constructor(settings: PipelineSettings) {
    this.#settings = settings;
    this.#headers = settings.headers;
  }

  async run(call: Call, url: string, body: BodyInit | undefined): Promise<Answer> {
    const { fetch, retry, timeout } = this.#settings;
    const { row, options } = call;
    const tokens = this.#tokensFor(call);
    const policy = options?.maxRetries === undefined ? retry : { ...retry, maxRetries: options.maxRetries };
    let failures = 0;
    let renewed: string | undefined;
    for (;;) {
      const token = renewed ?? (await tokens?.token());
      const init: RequestInit = {
        method: row.method,
        headers: this.#headersOf(call, token, body),
        redirect: 'manual',
      };
      if (body !== undefined) init.body = body;
      let outcome: Outcome | undefined;
      let error: unknown;
      try {
        outcome = await sendOnce(fetch, call, url, init, options?.timeout ?? timeout);
      } catch (thrown) {
        if (!(thrown instanceof ConnectionError)) throw thrown;
        error = thrown;
      }
      if (outcome?.response.ok) return read(call, url, outcome, token);
      if (outcome?.response.status === 401 && renewed === undefined && token && tokens?.reject) {
        tokens.reject(token);
        renewed = await tokens.token();
        if (renewed !== token) continue;
      }
      renewed = undefined;
      failures += 1;
      const delay = retryDelay(
        policy,
        row.method,
        failures,
        outcome?.response.status,
        outcome?.response.headers,
      );
      if (delay === undefined) {
        if (!outcome) throw error;
        return conclude(call, url, outcome, token);
      }
      await outcome?.response.body?.cancel();
      await sleep(delay, options?.signal);
    }
  }

  /** The source of the call's token, unless it brings its own or needs none. */
  #tokensFor({ row, options }: Call): TokenSource | undefined {
    if (options?.headers && hasAuthorization(options.headers)) return undefined;
    const { tokens } = this.#settings;
    if (!tokens && !row.public)
      throw new ConfigurationError(
        `${row.id} needs a token: set accessToken, or clientId and clientSecret (or EV_ENERGY_ACCESS_TOKEN, or EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET)`,
      );
    return tokens;
  }

  #headersOf(
    call: Call,
    token: string | undefined,
    body: BodyInit | undefined,
  ): Readonly<Record<string, string>> {
    if (token !== this.#token) {
      this.#headers =
        token === undefined
          ? this.#settings.headers
          : { ...this.#settings.headers, authorization: `Bearer ${checkedValue('accessToken', token)}` };
      this.#token = token;
    }
    if (!call.headers && !call.options?.headers && body === undefined) return this.#headers;
    const headers = mergeHeaders({ ...this.#headers }, call.headers);
    if (body !== undefined && !(body instanceof FormData))
      headers['content-type'] ??= call.row.body ?? 'application/json';
    return mergeHeaders(headers, call.options?.headers);
  }
}

/** The answer that a success holds. */
function read(call: Call, url: string, { response, text }: Outcome, secret: string | undefined): Answer {
  if (text === undefined) return { data: undefined, response };
  const { method } = call.row;
  // A body is what the rest of the methods may do without.
  if (text === '' && (response.status === 204 || method !== 'GET')) return { data: undefined, response };
  try {
    return { data: JSON.parse(text), response };
  } catch {
    throw unreadableBody({ row: call.row, url, response, text, secret });
  }
}

/** What a status other than success comes to. */
function conclude(call: Call, url: string, { response, text }: Outcome, secret: string | undefined): Answer {
  const { status, headers } = response;
  const location = headers.get('location');
  if (call.row.redirect && status >= 300 && status < 400 && location !== null)
    return { data: { status, location: new URL(location, url).href }, response };
  if (call.anyStatus) return { data: text && parsed(text), response };
  throw apiError({ row: call.row, url, response, text: text ?? '', secret });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
