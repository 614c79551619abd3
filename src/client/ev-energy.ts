import { Resources } from '../../generated/client.js';
import { servers } from '../../generated/operations.js';
import type { paths } from '../../generated/schema.js';
import { checkOptions } from './check-options.js';
import { leveled } from './observe/logger.js';
import { createWatch } from './observe/watching.js';
import type { EvEnergyOptions } from './options.js';
import { type Quota, QuotaCounter } from './quota/quota.js';
import { jsonText } from './request/json-text.js';
import { RequestHeaders } from './request/request-headers.js';
import type { OpenRequest, RequestArguments, RequestResult } from './request/request-types.js';
import { ApiPromise } from './resource/api-promise.js';
import type { Answer, Call, Core } from './send/core.js';
import { Pipeline } from './send/pipeline.js';
import { platformFetch } from './send/platform-fetch.js';
import { chooseTokens, defaultHeaders } from './settings.js';
import { chooseBaseUrl } from './url/base-url.js';
import { withQuery } from './url/query.js';

/** Client of the ev.energy REST API: `new EvEnergy({ clientId, clientSecret })`. */
export class EvEnergy extends Resources {
  readonly #core: HttpCore;

  /** @throws ConfigurationError for an option that can't be used; the message names it and the fix */
  constructor(options: EvEnergyOptions = {}) {
    const core = new HttpCore(options ?? {});
    super(core);
    this.#core = core;
  }

  /** The rolling hour's requests as the last response told: limit, what is left, and when that was. */
  get quota(): Quota {
    return this.#core.quota;
  }

  /**
   * Any request to the API, with the client's token, retries and quota. Give the document's own path template, with
   * the values of its `{…}` in `path`: so the request is typed, knows whether it needs a token, and its answer can be
   * validated. Any other path, a filled-in one too, is sent as it is: open in its types, and never validated. It may
   * also be one of the API's own URLs, which is asked for at the client's base URL.
   *
   * @throws ConfigurationError for a path or an init that can't be sent
   * @throws ApiError for a status other than success, unless `anyStatus` is set
   * @throws ConnectionError, TimeoutError where no complete answer came
   * @example const thing = await ev.request('GET', '/things/{id}', { path: { id } });
   */
  request(method: string, path: string, init: OpenRequest & { anyStatus: true }): ApiPromise<unknown>;
  request<const M extends string, const P extends string>(
    method: M,
    path: P | keyof paths,
    ...init: RequestArguments<M, P>
  ): ApiPromise<RequestResult<M, P>>;
  request(method: string, path: string, ...[init]: unknown[]): ApiPromise<unknown> {
    // Apart from the client's core: the methods of the resources do without.
    return new ApiPromise(this.#core, () =>
      import('./request/request.js').then(({ openCall }) =>
        openCall(this.#core, method, path, init as OpenRequest | undefined),
      ),
    );
  }
}

class HttpCore implements Core {
  readonly baseUrl: string;
  readonly servers: readonly string[];
  readonly #pipeline: Pipeline;
  readonly #quota: () => Quota;

  constructor(options: EvEnergyOptions) {
    checkOptions(options);
    this.baseUrl = chooseBaseUrl(options);
    this.servers = [this.baseUrl, ...servers.map((server) => server.url)];
    const tokens = chooseTokens(options, this.baseUrl);
    const { fetch: own, logLevel = 'warn', backoff, quota } = options;
    const logger = leveled(options.logger ?? console, logLevel);
    const authorized = new QuotaCounter(quota, logger);
    const anonymous = new QuotaCounter(quota, logger);
    const headers = new RequestHeaders(defaultHeaders(options));
    this.#quota = () => {
      // Calls may bring an authorization of their own.
      const known = tokens || headers.authorized || authorized.count.seenAt;
      return { ...(known ? authorized : anonymous).count, anonymous: anonymous.count };
    };
    this.#pipeline = new Pipeline({
      send: own ? (url, init) => own(url, init) : platformFetch,
      headers,
      tokens,
      timeout: options.timeout,
      retry: {
        maxRetries: options.maxRetries ?? 4,
        maxWait: options.maxRetryWait ?? 60_000,
        initial: backoff?.initial ?? 500,
        max: backoff?.max ?? 8_000,
      },
      quota: { authorized, anonymous },
      validate: options.validate ?? 'off',
      watch: createWatch(options, logger, logLevel),
      logger,
    });
  }

  get quota(): Quota {
    return this.#quota();
  }

  send(call: Call): Promise<Answer> {
    return isPlain(call) ? this.#sendPlain(call) : this.#sendStyled(call);
  }

  #sendPlain(call: Call): Promise<Answer> {
    const { path, query, body, verbatim } = call;
    const text = body === undefined || verbatim ? (body as BodyInit | undefined) : jsonText(body);
    return this.#pipeline.run(call, withQuery(this.baseUrl + path, query), text);
  }

  /** Forms and parameters of another style; what writes them is loaded for the first of them. */
  async #sendStyled(call: Call): Promise<Answer> {
    const { styled } = await import('./request/styled.js');
    return this.#sendPlain(styled(call));
  }
}

/** Nothing to write in another way than by default: JSON, and parameters that are repeated for each value. */
function isPlain({ row, query, body, verbatim }: Call): boolean {
  if (row.styles && typeof query === 'object') return false;
  return body === undefined || verbatim || !row.body || row.body.endsWith('json');
}
