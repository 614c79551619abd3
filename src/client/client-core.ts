import { servers } from '../../generated/operations.js';
import { type Fetched, Fetcher } from './api/fetcher.js';
import type { TokenSource } from './auth/token-source.js';
import { environmentVariable } from './environment.js';
import { ConfigurationError } from './errors/configuration-error.js';
import { apiError, unreadableBody } from './exit/failure.js';
import { Redactor } from './exit/redactor.js';
import { type Logger, type LogLevel, leveled } from './observe/logger.js';
import { Watch } from './observe/watch.js';
import type { DerivedOptions, EvEnergyOptions, Fetch } from './options.js';
import { type Counters, countersOf, type Quota } from './quota/quota.js';
import type { Answer, Call, Core } from './resource/call.js';
import { layers } from './send/layers.js';
import type { Reading } from './send/request.js';
import { ReadResponse } from './send/response.js';
import { DEFAULT_TIMEOUT } from './send/time-limit.js';
import { platformFetch } from './send/transport.js';
import { chooseLogLevel, chooseTokens, defaultHeaders } from './settings.js';
import { chooseBaseUrl } from './url/base-url.js';
import { hasAuthorization } from './wire/headers.js';

/** What resources use to send: it passes calls through openapi-fetch and the layers. */
export class ClientCore implements Core {
  readonly fetcher: Fetcher;
  readonly servers: readonly string[];
  readonly baseUrl: string;
  readonly logger: Logger;
  readonly #options: EvEnergyOptions;
  readonly #tokens: TokenSource | undefined;
  readonly #counters: Counters;
  readonly #secrets: Redactor;
  /** Ids of the operations whose deprecation was logged. */
  readonly #warned: Set<string>;

  /**
   * @param parent the client whose server, token, quota and middleware this one shares
   * @throws ConfigurationError
   */
  constructor(options: EvEnergyOptions, parent?: ClientCore) {
    const { fetch = platformFetch, backoff, timeout = DEFAULT_TIMEOUT } = options;
    const logLevel = chooseLogLevel(options);
    this.#secrets = parent ? parent.#secrets : new Redactor();
    const logger = leveled(options.logger ?? console, logLevel, this.#secrets.hide);
    this.logger = logger;
    this.#options = options;
    this.baseUrl = parent?.baseUrl ?? chooseBaseUrl(options);
    this.#tokens = parent ? parent.#tokens : chooseTokens(options, this.baseUrl);
    this.#counters = parent
      ? parent.#counters
      : countersOf(options.quota ?? {}, this.#tokens, new URL(this.baseUrl).origin, logger);
    this.#warned = parent ? parent.#warned : new Set();
    this.#secrets.learn(options.clientSecret ?? environmentVariable('EV_ENERGY_CLIENT_SECRET'));
    this.servers = [this.baseUrl, ...servers.map((server) => server.url)];
    this.fetcher = new Fetcher({
      send: layers({
        baseUrl: this.baseUrl,
        fetch,
        tokens: this.#tokens,
        timeout,
        retry: {
          maxRetries: options.maxRetries ?? 4,
          maxWait: options.maxRetryWait ?? 60_000,
          initial: backoff?.initial ?? 500,
          max: backoff?.max ?? 8_000,
        },
        quota: this.#counters,
        watch: isWatched(options, logLevel) ? new Watch(options, logger) : undefined,
        validation: validationOf(options, logger),
        deprecations: { warned: this.#warned, logger },
        mock: options.environment === 'mock',
      }),
      baseUrl: this.baseUrl,
      servers: this.servers,
      headers: defaultHeaders(options),
      middleware: parent?.fetcher.middleware ?? [],
      secrets: this.#secrets,
    });
  }

  derive(options: DerivedOptions): ClientCore {
    return new ClientCore({ ...this.#options, ...options }, this);
  }

  /** Takes out of a text what this client knows to be secret. */
  hide(text: string): string {
    return this.#secrets.hide(text);
  }

  get elsewhere(): Fetch {
    return this.#options.fetch ?? platformFetch;
  }

  get quota(): Quota {
    const { authorized, anonymous } = this.#counters;
    // A call may have brought its own authorization.
    const known = this.#tokens || hasAuthorization(this.#options.headers) || authorized.count.seenAt;
    return {
      ...(known ? authorized : anonymous).count,
      anonymous: anonymous.count,
      reserve: this.#options.quota?.reserve ?? 0,
    };
  }

  async send(call: Call, reading: Reading = readingOf(call)): Promise<Answer> {
    // `stream` makes openapi-fetch leave the body alone; `answerOf` reads it.
    return answerOf(await this.fetcher.fetch({ ...call, reading, parseAs: 'stream' }));
  }
}

/** How to read an operation's answer: as text, unless the document declares a file. */
function readingOf({ operation: { answer } }: Call): Reading {
  return answer === undefined || answer.startsWith('text/') ? 'text' : 'blob';
}

function isWatched({ onRequest, onResponse, onRetry }: EvEnergyOptions, logLevel: LogLevel): boolean {
  return Boolean(onRequest || onResponse || onRetry) || logLevel === 'debug' || logLevel === 'info';
}

function validationOf(
  { validators, validate }: EvEnergyOptions,
  logger: ReturnType<typeof leveled>,
): Parameters<typeof layers>[0]['validation'] {
  if (validators) return { validators, mode: validate ?? 'warn', logger };
  if (validate === undefined || validate === 'off') return undefined;
  throw new ConfigurationError(
    "validate: there is nothing to validate with; import { validators } from 'ev-energy-client/validators' and give the client validators too",
  );
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
  try {
    return { data: response instanceof ReadResponse ? response.parse() : JSON.parse(text), response };
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
