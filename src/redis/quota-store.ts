import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { reserveKept } from '../client/errors/quota-reserve-error.js';
import type { Logger } from '../client/observe/logger.js';
import type { QuotaBucket, QuotaRules, QuotaStore } from '../client/quota/quota-store.js';
import { sleep } from '../client/wait/abort.js';
import { type Connection, keyPart } from './connection.js';
import { ADMIT, CANCEL, SETTLE } from './quota-scripts.js';

/** A request that isn't settled after so many milliseconds was that of a program that has died. */
const SILENCE = 60_000;
/** Milliseconds between two looks at what others, who are under way, will tell. */
const LOOK = 25;
/** Milliseconds from which on a wait for the pace is worth more than a debugger's attention. */
const LONG = 10_000;

/** A request that was let through. */
interface Ticket {
  readonly id: string;
  /** Responses that there had been. */
  readonly sequence: number;
}

export interface QuotaStoreSettings {
  /** Milliseconds after which a request that isn't settled counts no more. */
  readonly silence?: number | undefined;
  /** A clock in place of Redis' own, for tests. */
  readonly now?: (() => number) | undefined;
}

/** Counts in Redis; each command fails where Redis is away. */
export function redisQuota(
  connection: Connection,
  prefix: string,
  settings: QuotaStoreSettings = {},
): QuotaStore {
  return {
    bucket: (account, server, rules, logger) => {
      // The API counts those without a token by IP address, which the programs of one machine share at best.
      const name = account ?? `${server} anonymous ${hostname()}`;
      const key = `${prefix}quota:{${keyPart(name)}}`;
      return new RedisBucket(connection, [key, `${key}:open`, `${key}:sent`], rules, logger, settings);
    },
  };
}

class RedisBucket implements QuotaBucket {
  readonly #connection: Connection;
  readonly #keys: readonly string[];
  readonly #rules: QuotaRules;
  readonly #logger: Logger;
  readonly #settings: QuotaStoreSettings;

  constructor(
    connection: Connection,
    keys: readonly string[],
    rules: QuotaRules,
    logger: Logger,
    settings: QuotaStoreSettings,
  ) {
    this.#connection = connection;
    this.#keys = keys;
    this.#rules = rules;
    this.#logger = logger;
    this.#settings = settings;
  }

  async admit(signal: AbortSignal | undefined): Promise<Ticket> {
    const id = randomUUID();
    const { reserve, pace } = this.#rules;
    const { silence = SILENCE } = this.#settings;
    for (;;) {
      signal?.throwIfAborted();
      const [verdict, a, b, c] = await this.#run(ADMIT, reserve, pace ? 1 : 0, id, silence);
      if (verdict === 'kept') throw reserveKept(reserve, Number(a), Number(b), Number(c));
      if (verdict === 'go') {
        await this.#waitForTurn(id, Number(b), Number(c), signal);
        return { id, sequence: Number(a) };
      }
      // Not all at once.
      await sleep(LOOK * (1 + Math.random()), signal);
    }
  }

  settle(ticket: Ticket, limit: number | undefined, remaining: number | undefined, answered: boolean): void {
    const counts = [limit ?? '', remaining ?? ''];
    // Where Redis is away the reservation lapses.
    this.#run(SETTLE, ticket.id, ticket.sequence, ...counts, answered ? 1 : 0).catch(() => {});
  }

  async #waitForTurn(
    id: string,
    delay: number,
    step: number,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (delay <= 0) return;
    const at = this.#now() + delay;
    this.#logger[delay < LONG ? 'debug' : 'info'](
      `quota.pace: a request waits ${Math.ceil(delay / 1000)} s for its turn`,
    );
    try {
      await sleep(delay, signal);
    } catch (error) {
      // Those that come later don't wait for what was never sent.
      this.#run(CANCEL, id, step, at).catch(() => {});
      throw error;
    }
  }

  #now(): number {
    return this.#settings.now?.() ?? Date.now();
  }

  async #run(...[script, ...args]: [typeof ADMIT, ...(string | number)[]]): Promise<unknown[]> {
    const time = this.#settings.now?.() ?? '';
    return (await this.#connection.script(script, this.#keys, [time, ...args])) as unknown[];
  }
}
