import { servers } from '../../generated/operations.js';
import { Fetcher } from './api/fetcher.js';
import type { TokenSource } from './auth/token-source.js';
import { environmentVariable } from './environment.js';
import { ConfigurationError } from './errors/configuration-error.js';
import { Redactor } from './exit/redactor.js';
import { type LeveledLogger, type LogLevel, leveled } from './observe/logger.js';
import { Watch } from './observe/watch.js';
import type { DerivedOptions, EvEnergyOptions } from './options.js';
import { type Counters, countersOf, type Quota } from './quota/quota.js';
import { layers } from './send/layers.js';
import { DEFAULT_TIMEOUT } from './send/time-limit.js';
import { platformFetch } from './send/transport.js';
import type { Validation } from './send/validate.js';
import { chooseLogLevel, chooseTokens, defaultHeaders } from './settings.js';
import { chooseBaseUrl } from './url/base-url.js';
import { hasAuthorization } from './wire/headers.js';

/** Makes the parts of a client from its options, and shares them with the clients that are derived from it. */
export class ClientCore {
  readonly fetcher: Fetcher;
  readonly baseUrl: string;
  readonly logger: LeveledLogger;
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
      elsewhere: fetch,
      baseUrl: this.baseUrl,
      servers: [this.baseUrl, ...servers.map((server) => server.url)],
      headers: defaultHeaders(options),
      middleware: parent?.fetcher.middleware ?? [],
      secrets: this.#secrets,
    });
  }

  /** Whose requests these are; undefined if the tokens don't tell. */
  get account(): string | undefined {
    return this.#tokens?.account;
  }

  derive(options: DerivedOptions): ClientCore {
    return new ClientCore({ ...this.#options, ...options }, this);
  }

  /** Removes from a text what this client knows to be secret. */
  hide(text: string): string {
    return this.#secrets.hide(text);
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
}

function isWatched({ onRequest, onResponse, onRetry }: EvEnergyOptions, logLevel: LogLevel): boolean {
  return Boolean(onRequest || onResponse || onRetry) || logLevel === 'debug' || logLevel === 'info';
}

function validationOf(
  { validators, validate }: EvEnergyOptions,
  logger: LeveledLogger,
): Validation | undefined {
  if (validators) return { validators, mode: validate ?? 'warn', logger };
  if (validate === undefined || validate === 'off') return undefined;
  throw new ConfigurationError(
    "validate: needs the option validators; import { validators } from 'ev-energy-client/validators'",
  );
}
