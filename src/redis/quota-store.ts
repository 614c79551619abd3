import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { reserveKept } from '../client/errors/quota-reserve-error.js';
import type { Logger } from '../client/observe/logger.js';
import { logPace } from '../client/quota/quota-gate.js';
import type { QuotaBucket, QuotaRules, QuotaStore } from '../client/quota/quota-store.js';
import { WINDOW } from '../client/quota/recent-requests.js';
import { sleep } from '../client/wait/abort.js';
import { heartbeat } from '../node/heartbeat.js';
import { type Connection, keyPart } from './connection.js';
import { ADMIT, CANCEL, LIVE, SETTLE } from './quota-scripts.js';

/**
 * Milliseconds after its last sign of life at which a program counts as dead, and its requests under way as sent, until
 * the next count tells. Until then nobody can use them: if a program is killed every second, the requests of a minute
 * are a fifth of the quota.
 */
const SILENCE = 6_000;
/** Signs of life in that time. */
const BEATS = 3;
/** Milliseconds between two tries while the requests of other programs are under way. */
const LOOK = 25;

/** A request that may be sent. */
interface Ticket {
  readonly id: string;
  /** Number of responses when it was admitted. */
  readonly sequence: number;
}

export interface QuotaStoreSettings {
  /** Milliseconds without a sign of life after which a program's requests under way count as sent. */
  readonly silence?: number | undefined;
  /** Replaces Redis' clock, for tests. */
  readonly now?: (() => number) | undefined;
}

/** Counts requests in Redis; fails if Redis can't be reached. */
export function redisQuota(
  connection: Connection,
  prefix: string,
  settings: QuotaStoreSettings = {},
): QuotaStore {
  return {
    bucket: (account, server, rules, logger) => {
      // The API counts requests without a token by IP address, which at best the programs of one machine share.
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
  readonly #silence: number;
  /** The tickets of our requests under way. */
  readonly #open = new Set<string>();
  /** Ends the signs of life. */
  #fallSilent: (() => void) | undefined;

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
    this.#silence = settings.silence ?? SILENCE;
  }

  async admit(signal: AbortSignal | undefined): Promise<Ticket> {
    const id = randomUUID();
    const { reserve, pace } = this.#rules;
    for (;;) {
      signal?.throwIfAborted();
      const [verdict, a, b, c] = await this.#run(ADMIT, reserve, pace ? 1 : 0, id, this.#silence);
      if (verdict === 'kept') throw reserveKept(reserve, Number(a), Number(b), this.#soon(Number(c)));
      if (verdict === 'go') {
        const ticket = { id: String(c), sequence: Number(a) };
        this.#begin(ticket.id);
        await this.#waitForTurn(ticket.id, Number(b), signal);
        return ticket;
      }
      // Random, so that not all programs try at once.
      await sleep(LOOK * (1 + Math.random()), signal);
    }
  }

  settle(ticket: Ticket, limit: number | undefined, remaining: number | undefined, answered: boolean): void {
    this.#end(ticket.id);
    const counts = [limit ?? '', remaining ?? ''];
    // If Redis can't be reached, the reservation lapses.
    this.#run(SETTLE, ticket.id, ticket.sequence, ...counts, answered ? 1 : 0).catch(() => {});
  }

  /** From now on gives signs of life, as long as one of this program's requests is under way. */
  #begin(ticket: string): void {
    this.#open.add(ticket);
    // If Redis can't be reached, the reservations lapse.
    this.#fallSilent ??= heartbeat(this.#silence / BEATS, () =>
      this.#run(LIVE, this.#silence, ...this.#open),
    );
  }

  #end(ticket: string): void {
    this.#open.delete(ticket);
    if (this.#open.size > 0) return;
    this.#fallSilent?.();
    this.#fallSilent = undefined;
  }

  async #waitForTurn(id: string, delay: number, signal: AbortSignal | undefined): Promise<void> {
    if (delay <= 0) return;
    logPace(this.#logger, delay);
    try {
      await sleep(delay, signal);
    } catch (error) {
      // This request won't be sent, so later ones needn't wait for it.
      this.#end(id);
      this.#run(CANCEL, id).catch(() => {});
      throw error;
    }
  }

  /** When there is room again, at most an hour from now; twice that if Redis holds something else. */
  #soon(wait: number): number {
    return this.#now() + (wait <= 2 * WINDOW ? Math.max(0, wait) : 2 * WINDOW);
  }

  #now(): number {
    return this.#settings.now?.() ?? Date.now();
  }

  async #run(...[script, ...args]: [typeof ADMIT, ...(string | number)[]]): Promise<unknown[]> {
    const time = this.#settings.now?.() ?? '';
    return (await this.#connection.script(script, this.#keys, [time, ...args])) as unknown[];
  }
}
