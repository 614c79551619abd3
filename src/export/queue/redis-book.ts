import type { Redis } from 'ioredis';
import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { parseInstant } from '../../document/values/instant.js';
import type { TimedCollection } from '../collection/collections.js';
import { type Time, textOf, timeOf } from '../collection/time.js';
import { jsonOf } from '../json.js';
import type { Joined } from '../run/join.js';
import { type Owner, type Place, refuseForeign } from '../run/owner.js';
import { checkedPage, type KeptPage, type Pages } from '../run/pages.js';
import type { Book } from '../run/plan-run.js';
import { boundsOf, checkedRun, type Run } from '../run/question.js';
import { type Covered, coveredAfter, type Window } from '../run/window.js';

/** Seconds after which the pages of a window that nobody works on are forgotten. */
const IDLE = 7 * 86_400;
/** Seconds to remember that a window is done: a worker killed at the very end hasn't told the queue. */
const DONE = 86_400;

/** Appends a page, unless the stored pages aren't those that precede it. */
const APPEND = `
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[2])
return redis.call('EXPIRE', KEYS[1], ARGV[3])`;

/** The pages of a window; null, rather than an empty list, if it is done. */
const PAGES = `
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
return redis.call('LRANGE', KEYS[2], 0, -1)`;

/** Records that a window is done, and forgets its pages. */
const FINISH = `
redis.call('SET', KEYS[1], '1', 'EX', ARGV[1])
redis.call('DEL', KEYS[2])
redis.call('HINCRBY', KEYS[3], 'windows', 1)
redis.call('HINCRBY', KEYS[3], 'items', ARGV[2])
return redis.call('HINCRBY', KEYS[3], 'requests', ARGV[3])`;

/** The queue, as the book needs it. */
export interface WindowQueue {
  /** Queues windows; a window that is already there isn't added again. */
  add(windows: readonly Window[]): Promise<void>;
  /** The windows that failed, which nobody works on. */
  failed(): Promise<Window[]>;
  /** Queues failed windows again. */
  retry(windows: readonly Window[]): Promise<void>;
  /** Forgets failed windows. */
  remove(windows: readonly Window[]): Promise<void>;
}

/** Tracks in Redis how far an export by many machines has come. */
export class RedisBook implements Book {
  readonly pages: Pages;
  readonly place: Place;
  readonly #redis: Redis;
  readonly #key: string;
  readonly #queue: WindowQueue;
  readonly #covered = new Map<string, readonly Covered[]>();
  #failed: Window[] = [];
  owner: Owner | undefined;
  run: Run | undefined;

  constructor(redis: Redis, prefix: string, { name }: TimedCollection, queue: WindowQueue) {
    this.#redis = redis;
    this.#key = `${prefix}export:{${name}}`;
    this.#queue = queue;
    this.place = { name: `redis: ${this.#key}`, where: `in Redis (${this.#key})`, instead: 'prefix' };
    this.pages = this.#pagesOf();
  }

  /**
   * Loads the book's owner, what earlier runs have covered, and a run that began but wasn't fully queued.
   *
   * @throws ConfigurationError if one of its keys holds something else
   */
  async load(): Promise<void> {
    await this.loadOwner();
    this.run = await this.#ours('run', async (key) => {
      const text = await this.#redis.get(key);
      return text === null ? undefined : checkedRun(JSON.parse(text) as Run);
    });
    this.#covered.clear();
    await this.#ours('covered', async (key) => {
      for (const [parent, text] of Object.entries(await this.#redis.hgetall(key))) {
        const stretches = text.split(' ').map((stretch) => {
          const [from = '', until = ''] = stretch.split('/');
          return { from: timeOf('covered', from), until: timeOf('covered', until) };
        });
        this.#covered.set(parent, stretches);
      }
    });
    await this.counts();
    this.#failed = await this.#queue.failed();
  }

  async loadOwner(): Promise<Owner | undefined> {
    this.owner = await this.#ours('owner', async (key) => {
      const text = await this.#redis.get(key);
      return text === null ? undefined : (Object(JSON.parse(text)) as Owner);
    });
    return this.owner;
  }

  /** @throws ConfigurationError if the key holds what this book doesn't write */
  async #ours<T>(name: string, read: (key: string) => Promise<T>): Promise<T> {
    const key = `${this.#key}:${name}`;
    try {
      return await read(key);
    } catch (error) {
      const isForeign =
        /\bWRONGTYPE\b/.test((error as Error).message) ||
        [ConfigurationError, SyntaxError, TypeError].some((one) => error instanceof one);
      if (!isForeign) throw error;
      // Without the message, which may quote the content.
      throw new ConfigurationError(
        `redis: ${key} holds something other than an export's records; delete it, or give another prefix`,
      );
    }
  }

  async begin(run: Run, open: () => Promise<Owner>): Promise<void> {
    const ours = await open();
    await this.#redis.set(`${this.#key}:owner`, JSON.stringify(ours), 'NX');
    // Another producer may have been faster.
    refuseForeign(await this.loadOwner(), ours, this.place);
    if (this.run) return;
    this.run = run;
    await this.#redis.set(`${this.#key}:run`, JSON.stringify(run));
  }

  covered(parent: readonly string[]): readonly Covered[] {
    return this.#covered.get(parent.join('/')) ?? [];
  }

  /** Those that failed. The others are in the queue, where machines work on them. */
  windows(): Window[] {
    return this.#failed;
  }

  async plan(
    { windows, fresh, replaced }: Joined,
    parents: readonly (readonly string[])[],
    run: Run,
  ): Promise<void> {
    // Windows first: if the program stops between the two, they are queued again, with the same ids.
    await this.#queue.add(fresh);
    await this.#queue.remove(replaced);
    const isFresh = new Set(fresh);
    await this.#queue.retry(windows.filter((window) => !isFresh.has(window)));
    const covered = parents.map((parent) => [
      parent.join('/'),
      coveredAfter(this.covered(parent), boundsOf(run))
        .map(({ from, until }) => `${textOf(from)}/${textOf(until)}`)
        .join(' '),
    ]);
    if (covered.length > 0) await this.#redis.hset(`${this.#key}:covered`, ...covered.flat());
  }

  /** Records that all windows of the run are in the queue. */
  async queued({ since, until }: Run, kept: readonly string[]): Promise<void> {
    this.run = undefined;
    await this.#redis.set(`${this.#key}:queued`, `${since}/${until}`);
    await this.#redis.del(`${this.#key}:run`);
    for (const id of kept) await this.pages.clear(id);
  }

  /** Whether Redis still knows that all windows were queued; it doesn't if it has lost its data. */
  async isQueued(): Promise<boolean> {
    return (await this.#redis.exists(`${this.#key}:queued`)) === 1;
  }

  /** The bounds of the run that was queued last, if they are known. */
  async lastQueued(): Promise<{ readonly since: Time; readonly until: Time } | undefined> {
    const [since = '', until = ''] = ((await this.#redis.get(`${this.#key}:queued`)) ?? '').split('/');
    const [from, end] = [parseInstant(since), parseInstant(until)];
    return from === undefined || end === undefined ? undefined : { since: from, until: end };
  }

  /**
   * The pages of a window, or nothing if it is done. These two are scripts since a worker asks for them with each page:
   * a pipeline of ioredis takes as long as the request.
   */
  async pagesOf(id: string): Promise<KeptPage[] | undefined> {
    return this.#ours(`pages:${id}`, async (key) => {
      const texts = (await this.#redis.eval(PAGES, 2, `${this.#key}:done:${id}`, key)) as string[] | null;
      return texts === null ? undefined : pagesFrom(texts);
    });
  }

  async done(id: string, items: number, requests: number): Promise<void> {
    const keys = [`done:${id}`, `pages:${id}`, 'counts'].map((name) => `${this.#key}:${name}`);
    await this.#redis.eval(FINISH, keys.length, ...keys, DONE, items, requests);
  }

  /** Windows, items and requests of all machines since the first export of this collection. */
  async counts(): Promise<{ windows: number; items: number; requests: number }> {
    return this.#ours('counts', async (key) => {
      const { windows = 0, items = 0, requests = 0 } = await this.#redis.hgetall(key);
      const counts = { windows: Number(windows), items: Number(items), requests: Number(requests) };
      if (Object.values(counts).some(Number.isNaN)) throw new TypeError('they are not counts');
      return counts;
    });
  }

  #pagesOf(): Pages {
    const place = (id: string) => `${this.#key}:pages:${id}`;
    return {
      load: (id) => this.#ours(`pages:${id}`, async (key) => pagesFrom(await this.#redis.lrange(key, 0, -1))),
      append: async (id, page, index) =>
        (await this.#redis.eval(APPEND, 1, place(id), index, jsonOf(page), IDLE)) === 1,
      clear: async (id) => void (await this.#redis.del(place(id))),
    };
  }
}

function pagesFrom(texts: readonly string[]): KeptPage[] {
  return texts.map((text) => checkedPage(JSON.parse(text) as KeptPage));
}
