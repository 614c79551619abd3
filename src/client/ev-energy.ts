import type { paths } from '../../generated/schema.js';
import type { Api } from './api/api.js';
import { createApi } from './api/create-api.js';
import { checkDerivedOptions, checkOptions } from './check-options.js';
import { ClientCore } from './client-core.js';
import type { Logger } from './observe/logger.js';
import type { DerivedOptions, EvEnergyOptions } from './options.js';
import type { Quota } from './quota/quota.js';
import { ResourceTree } from './resource/resources.js';

/** Removes from a text what a client knows to be secret: for rooms that show errors of other origin. */
export let hiddenBy: (ev: EvEnergy, text: string) => string;

/** The base URL that a client sends its requests to; undefined for a client of another copy of the package. */
export let serverOf: (ev: EvEnergy) => string | undefined;

/** The application, and the user, that a client acts for; undefined if its tokens don't tell. */
export let actorOf: (ev: EvEnergy) => string | undefined;

/** Where a client logs; undefined for a client of another copy of the package. */
export let loggerOf: (ev: EvEnergy) => Logger | undefined;

/** Client of the ev.energy REST API: `new EvEnergy({ clientId, clientSecret })`. */
export class EvEnergy extends ResourceTree {
  /**
   * openapi-fetch's client for the document's paths, with this client's token, retries and quota. It resolves with `{
   * data, error, response }` whatever the status, and can be passed to libraries that build on openapi-fetch.
   *
   * @throws ConfigurationError for a path or an init that can't be sent
   * @throws ConnectionError, TimeoutError if no complete answer came
   * @throws UnreadableBodyError if a success isn't the JSON that was asked for
   * @example const { data, error } = await ev.api.GET('/things/{id}', { params: { path: { id } }, timeout: 5_000 });
   */
  readonly api: Api<paths>;
  readonly #core: ClientCore;

  static {
    // The client may be one of another copy of the package, whose secrets that copy keeps.
    hiddenBy = (ev, text) => (#core in ev ? ev.#core.hide(text) : text);
    serverOf = (ev) => (#core in ev ? ev.#core.baseUrl : undefined);
    actorOf = (ev) => (#core in ev ? ev.#core.account : undefined);
    loggerOf = (ev) => (#core in ev ? ev.#core.logger : undefined);
  }

  /** @throws ConfigurationError for an option that can't be used; the message names it and the fix */
  constructor(options?: EvEnergyOptions);
  constructor(options: EvEnergyOptions | ClientCore = {}) {
    const core = options instanceof ClientCore ? options : coreOf(options ?? {});
    super(core.fetcher);
    this.#core = core;
    this.api = createApi(core.fetcher);
  }

  /**
   * The quota of the rolling hour according to the last response: the limit, what is left, and when that response came.
   */
  get quota(): Quota {
    return this.#core.quota;
  }

  /**
   * Makes a client with other options that shares this one's token, quota and middleware: say for the calls of one
   * user, or for calls that may take longer.
   *
   * @throws ConfigurationError for an option that can't be used, or that belongs to the client as a whole
   * @example const theirs = ev.withOptions({ user: 'user01HN2NJ9NMRZBXT1H6FT9N7735', timeout: 60_000 });
   */
  withOptions(options: DerivedOptions): EvEnergy {
    checkDerivedOptions(options);
    return new EvEnergy(this.#core.derive(options) as EvEnergyOptions);
  }
}

function coreOf(options: EvEnergyOptions): ClientCore {
  checkOptions(options);
  return new ClientCore(options);
}
