import { createHash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import { EvEnergyError } from '../client/errors/base.js';
import { ConfigurationError } from '../client/errors/configuration-error.js';
import { cut, Redactor } from '../client/exit/redactor.js';
import { inert } from '../text/words.js';
import { passwordHider } from './passwords.js';

/**
 * Redis gave no answer in time, or said that it can't serve at the moment. A command without an answer may still have
 * been carried out.
 */
export class RedisUnavailableError extends EvEnergyError {
  static {
    RedisUnavailableError.prototype.name = 'RedisUnavailableError';
  }
}

/** A Lua script, which Redis runs in one step. */
export interface Script {
  readonly text: string;
  /** SHA-1 of the text, by which Redis finds the script once it has seen it. */
  readonly sha: string;
}

export function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/** Replies of a Redis that is running but can't serve at the moment. */
const PASSING = /^(LOADING|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|BUSY|OOM|MISCONF|READONLY|NOREPLICAS)/;

/** Whether it is such a reply. The command wasn't carried out, and may succeed later. */
export function cannotServe(error: unknown): boolean {
  return error instanceof Error && PASSING.test(error.message);
}

/** Most characters of a reply that an error shows. */
const LONGEST = 1_000;

/** Redis as the stores use it: commands with a time limit, and scripts. */
export class Connection {
  readonly redis: Redis | Cluster;
  readonly #patience: number;
  /** What no error about this Redis may show, besides its passwords. */
  readonly secrets = new Redactor();
  readonly #hide: (text: string) => string;
  /** Why there is no connection, if known. */
  #trouble = '';
  readonly #running = new Set<Promise<unknown>>();

  /** @param patience milliseconds that a command may take, including a reconnection */
  constructor(redis: Redis | Cluster, patience: number) {
    this.redis = redis;
    this.#patience = patience;
    this.#hide = passwordHider(redis, this.secrets);
    redis.on('error', (error: Error) => {
      this.#trouble = ` (${this.#said(error)})`;
    });
    redis.on('ready', () => {
      this.#trouble = '';
    });
  }

  /** Whether Redis seems to be reachable. */
  get isReady(): boolean {
    return this.redis.status === 'ready';
  }

  /** Host and port, for messages. */
  get address(): string {
    const { host, port } = this.redis.options as { host?: string; port?: number };
    return host ? `${host}:${port}` : 'what was given';
  }

  /**
   * @param keys that the command uses, for errors
   * @throws RedisUnavailableError if no answer comes in time
   * @throws ConfigurationError if Redis refuses
   */
  async run<T>(command: (redis: Redis | Cluster) => Promise<T>, keys: readonly string[] = []): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`gave no answer within ${this.#patience} ms${this.#trouble}`)),
        this.#patience,
      );
    });
    const running = command(this.redis);
    // It may still fail when nobody waits for it any more.
    running.catch(() => {});
    const race = Promise.race([running, late]);
    this.#running.add(race);
    try {
      return await race;
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      const why = this.#said(error);
      if (/^WRONGTYPE/.test(why) && keys.length > 0) throw foreignKey(keys);
      if (PASSING.test(why))
        throw new RedisUnavailableError(
          `Redis at ${this.address} can't serve at the moment: ${why.replace(/\.$/, '')}`,
        );
      if (/^NOAUTH/.test(why))
        throw new ConfigurationError(
          `redis: ${this.address} wants a password; give it in the URL, percent-encoded, between redis://: and @`,
        );
      if ((error as Error).name === 'ReplyError')
        throw new ConfigurationError(`redis: ${this.address} refused: ${why}`);
      throw new RedisUnavailableError(`Redis at ${this.address} ${why}; see that it runs and can be reached`);
    } finally {
      clearTimeout(timer);
      this.#running.delete(race);
    }
  }

  /** Resolves when all commands have been answered, including those that nobody waits for. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /** What went wrong. The text may come from whatever answers in place of Redis, so it is made safe to print. */
  #said(error: unknown): string {
    // Without the name of the script that Redis says it ran, which means nothing to the reader.
    const text = innermost(error).replace(/\.?( script: \w+, on @?user_script:\d+\.?)?$/, '');
    return inert(this.#hide(cut(text, LONGEST)));
  }

  /** @param keys all in one hash slot */
  async script(
    script: Script,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown> {
    return this.run(async (redis) => {
      try {
        return await redis.evalsha(script.sha, keys.length, ...keys, ...args);
      } catch (error) {
        if (!/^NOSCRIPT/.test((error as Error).message)) throw foreign(error, keys);
        return await redis.eval(script.text, keys.length, ...keys, ...args).catch((thrown: unknown) => {
          throw foreign(thrown, keys);
        });
      }
    }, keys);
  }
}

/** On a healthy Redis our scripts fail only where a key holds something that we don't write, so the error says that. */
function foreign(error: unknown, keys: readonly string[]): unknown {
  const { message } = error as Error;
  return /user_script/.test(message) && !PASSING.test(message) ? foreignKey(keys) : error;
}

/** The error for a key, or one of some keys, that somebody else has written. */
export function foreignKey(keys: readonly string[]): ConfigurationError {
  const [only = ''] = keys;
  const named = keys.length === 1 ? only : `one of ${keys.join(', ')}`;
  return new ConfigurationError(`redis: ${named} holds something else; delete it, or give another prefix`);
}

/** The cause says more than ioredis' "Reached the max retries per request limit". */
function innermost(error: unknown): string {
  const { message, cause } = error as Error;
  const text = cause instanceof Error ? cause.message : message;
  return /RESP type|Protocol error/.test(text) ? 'speaks another protocol than that of Redis' : text;
}

/** Escapes a name for use in a key: braces would change its hash slot. */
export function keyPart(name: string): string {
  return encodeURIComponent(name).replaceAll('%20', ' ').replaceAll('%3A', ':').replaceAll('%2F', '/');
}
