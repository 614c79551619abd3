import type { Redis } from 'ioredis';
import type { TimedCollection } from '../collection/collections.js';
import { textOf, timeOf } from '../collection/time.js';
import type { KeptPage, Pages } from '../run/pages.js';
import type { Book } from '../run/plan-run.js';
import { boundsOf, checkedRun, type Run } from '../run/question.js';
import { type Covered, coveredAfter, type Window } from '../run/window.js';

/** Seconds after which the pages of a window that nobody works on are forgotten. */
const IDLE = 7 * 86_400;
/** Seconds to remember that a window is done: a worker killed at the very end hasn't told the queue. */
const DONE = 86_400;

/** Appends a page, unless another machine has already stored one at its index. */
const APPEND = `
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[2])
return redis.call('EXPIRE', KEYS[1], ARGV[3])`;

/** Puts windows into the queue; a window that is already there isn't added again. */
export type Enqueue = (windows: readonly Window[]) => Promise<void>;

/** Tracks in Redis how far an export by many machines has come. */
export class RedisBook implements Book {
  readonly pages: Pages;
  readonly where: string;
  readonly #redis: Redis;
  readonly #key: string;
  readonly #enqueue: Enqueue;
  readonly #covered = new Map<string, readonly Covered[]>();
  run: Run | undefined;

  constructor(redis: Redis, prefix: string, { name }: TimedCollection, enqueue: Enqueue) {
    this.#redis = redis;
    this.#key = `${prefix}export:{${name}}`;
    this.#enqueue = enqueue;
    this.where = 'in Redis';
    this.pages = this.#pagesOf();
  }

  /** Loads what earlier runs have covered, and a run that was begun but not fully queued. */
  async load(): Promise<void> {
    const run = await this.#redis.get(`${this.#key}:run`);
    this.run = run === null ? undefined : checkedRun(JSON.parse(run) as Run);
    this.#covered.clear();
    for (const [parent, text] of Object.entries(await this.#redis.hgetall(`${this.#key}:covered`))) {
      const stretches = text.split(' ').map((stretch) => {
        const [from = '', until = ''] = stretch.split('/');
        return { from: timeOf('covered', from), until: timeOf('covered', until) };
      });
      this.#covered.set(parent, stretches);
    }
  }

  async begin(run: Run): Promise<void> {
    this.run = run;
    await this.#redis.set(`${this.#key}:run`, JSON.stringify(run));
  }

  covered(parent: readonly string[]): readonly Covered[] {
    return this.#covered.get(parent.join('/')) ?? [];
  }

  /** None here: the queue holds them. */
  windows(): Window[] {
    return [];
  }

  async plan(windows: readonly Window[], parents: readonly (readonly string[])[], run: Run): Promise<void> {
    // Windows first: if the program stops between the two, they are queued again, with the same ids.
    await this.#enqueue(windows);
    const covered = parents.map((parent) => [
      parent.join('/'),
      coveredAfter(this.covered(parent), boundsOf(run))
        .map(({ from, until }) => `${textOf(from)}/${textOf(until)}`)
        .join(' '),
    ]);
    if (covered.length > 0) await this.#redis.hset(`${this.#key}:covered`, ...covered.flat());
  }

  /** Records that all windows of the run are in the queue. */
  async queued(kept: readonly string[]): Promise<void> {
    this.run = undefined;
    await this.#redis.set(`${this.#key}:queued`, '1');
    await this.#redis.del(`${this.#key}:run`);
    for (const id of kept) await this.pages.clear(id);
  }

  /** Whether Redis still knows that all windows were queued; it doesn't if it has lost its data. */
  async isQueued(): Promise<boolean> {
    return (await this.#redis.exists(`${this.#key}:queued`)) === 1;
  }

  async isDone(id: string): Promise<boolean> {
    return (await this.#redis.exists(`${this.#key}:done:${id}`)) === 1;
  }

  async done(id: string, items: number, requests: number): Promise<void> {
    await this.#redis
      .multi()
      .set(`${this.#key}:done:${id}`, '1', 'EX', DONE)
      .del(`${this.#key}:pages:${id}`)
      .hincrby(`${this.#key}:counts`, 'windows', 1)
      .hincrby(`${this.#key}:counts`, 'items', items)
      .hincrby(`${this.#key}:counts`, 'requests', requests)
      .exec();
  }

  /** Windows, items and requests of all machines since the first export of this collection. */
  async counts(): Promise<{ windows: number; items: number; requests: number }> {
    const { windows = 0, items = 0, requests = 0 } = await this.#redis.hgetall(`${this.#key}:counts`);
    return { windows: Number(windows), items: Number(items), requests: Number(requests) };
  }

  #pagesOf(): Pages {
    const place = (id: string) => `${this.#key}:pages:${id}`;
    return {
      load: async (id) =>
        (await this.#redis.lrange(place(id), 0, -1)).map((text) => JSON.parse(text) as KeptPage),
      append: async (id, page, index) => {
        const kept = await this.#redis.eval(APPEND, 1, place(id), index, JSON.stringify(page), IDLE);
        if (kept === 0) throw new Error('another machine works on the same window');
      },
      clear: async (id) => void (await this.#redis.del(place(id))),
    };
  }
}
