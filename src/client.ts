import createFetcher, { createQuerySerializer } from 'openapi-fetch';
import { Resources } from '../generated/client.js';
import { servers } from '../generated/operations.js';
import type { paths } from '../generated/schema.js';
import { ApiPromise } from './api-promise.js';
import { checkOptions } from './check-options.js';
import type { Answer, Call, Core } from './core.js';
import { leveled } from './logger.js';
import type { EvEnergyOptions } from './options.js';
import { Pipeline } from './pipeline.js';
import { type Quota, QuotaCounter } from './quota.js';
import { RequestHeaders } from './request-headers.js';
import type { OpenRequest, RequestArguments, RequestResult } from './request-types.js';
import { chooseTokens, defaultHeaders } from './settings.js';
import { chooseBaseUrl } from './url/base-url.js';
import { createWatch } from './watching.js';

/** Client of the ev.energy REST API: `new EvEnergy({ clientId, clientSecret })`. */
export class EvEnergy extends Resources {
  readonly #core: HttpCore;

  /** @throws ConfigurationError for an option that can't be used; the message names it and the fix */
  constructor(options: EvEnergyOptions = {}) {
    const core = new HttpCore(options);
    super(core);
    this.#core = core;
  }

  /** The rolling hour's requests as the last response told: limit, what is left, and when that was. */
  get quota(): Quota {
    return this.#core.quota;
  }

  /**
   * Any request to the API, with the client's token, retries and quota: typed for the document's paths, open for
   * others. The path may also be one of the API's own URLs; it is asked for at the client's base URL.
   *
   * @example const models = await ev.request('GET', '/things/{id}', { path: { id } });
   */
  request(method: string, path: string, init: OpenRequest & { anyStatus: true }): ApiPromise<unknown>;
  request<const M extends string, const P extends string>(
    method: M,
    path: P | keyof paths,
    ...init: RequestArguments<M, P>
  ): ApiPromise<RequestResult<M, P>>;
  request(method: string, path: string, ...[init]: unknown[]): ApiPromise<unknown> {
    return new ApiPromise(async (raw) => {
      // Apart from the client's core: the methods of the resources do without.
      const { openCall } = await import('./request.js');
      return this.#core.send({ ...openCall(this.#core, method, path, init as OpenRequest | undefined), raw });
    });
  }
}

/** What openapi-fetch makes in place of a `Request`: the real one is made once, where it is sent. */
class LightRequest {
  readonly url: string;
  readonly call: Call;
  readonly body: BodyInit | undefined;

  constructor(url: string, init: { call: Call; body?: BodyInit }) {
    this.url = url;
    this.call = init.call;
    this.body = init.body;
  }
}

class HttpCore implements Core {
  readonly baseUrl: string;
  readonly servers: readonly string[];
  readonly #fetcher;
  readonly #quota: () => Quota;

  constructor(options: EvEnergyOptions) {
    checkOptions(options);
    this.baseUrl = chooseBaseUrl(options);
    this.servers = [this.baseUrl, ...servers.map((server) => server.url)];
    const tokens = chooseTokens(options, this.baseUrl);
    const { logger = console, logLevel = 'warn', backoff, quota } = options;
    const authorized = new QuotaCounter(quota);
    const anonymous = new QuotaCounter(quota);
    this.#quota = () => ({ ...(tokens ? authorized : anonymous).count, anonymous: anonymous.count });
    const pipeline = new Pipeline({
      fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
      headers: new RequestHeaders(defaultHeaders(options)),
      tokens,
      timeout: options.timeout ?? 30_000,
      retry: {
        maxRetries: options.maxRetries ?? 4,
        maxWait: options.maxRetryWait ?? 60_000,
        initial: backoff?.initial ?? 500,
        max: backoff?.max ?? 8_000,
      },
      quota: { authorized, anonymous },
      validate: options.validate ?? 'off',
      watch: createWatch(options, logger, logLevel),
      logger: leveled(logger, logLevel),
    });
    this.#fetcher = createFetcher<Record<string, never>>({
      baseUrl: this.baseUrl,
      Request: LightRequest as never,
      fetch: async (request) => {
        const { call, url, body } = request as unknown as LightRequest;
        return new Carrier(await pipeline.run(call, url, body)) as unknown as Response;
      },
    });
  }

  get quota(): Quota {
    return this.#quota();
  }

  async send(call: Call): Promise<Answer> {
    const { row, path } = call;
    const query = await queryOf(call);
    const init = {
      call,
      body: await bodyOf(call),
      querySerializer: () => query,
      bodySerializer: (value: unknown) => value,
      parseAs: 'stream',
    };
    const { response } = await this.#fetcher.request(row.method as never, path as never, init as never);
    return (response as unknown as Carrier).body;
  }
}

/** The body as it is sent. What writes forms is loaded for the first of them. */
async function bodyOf({ body, verbatim, row }: Call): Promise<unknown> {
  if (body === undefined || verbatim) return body;
  if (!row.body || row.body.endsWith('json')) return JSON.stringify(body);
  const { serializeBody } = await import('./body.js');
  return serializeBody(body, row.body);
}

/** Takes the pipeline's answer through openapi-fetch, which would otherwise read the body in its own way. */
class Carrier {
  readonly ok = true;
  readonly status = 200;
  readonly headers = { get: () => null };
  readonly body: Answer;

  constructor(answer: Answer) {
    this.body = answer;
  }
}

/** Parameters are repeated for each value of an array, except those to which the document gives another style. */
const repeated = createQuerySerializer();

async function queryOf({ query, row }: Call): Promise<string> {
  if (query === undefined || typeof query === 'string') return query ?? '';
  if (!row.styles) return repeated(query);
  const { styledQuery } = await import('./query.js');
  return styledQuery(query, row.styles);
}
