import type { Contract, Target } from '../src/contract/index.js';
import { inProcess } from '../src/contract/targets/fake.js';
import { formatInstant, parseInstant } from '../src/document/values/instant.js';
import { createFake, type Fake } from '../src/testing/index.js';
import { Random } from '../src/testing/made/random.js';
import type { Collection, Resource } from '../src/testing/resources/resource.js';

/** What happens on a server that conforms, while it is being checked. */
export interface Weather {
  /** Milliseconds between new items of the newest-first collections, for each of which the oldest one expires. */
  logs?: number;
  /** Milliseconds between changes of what an object is doing. */
  states?: number;
  /** Milliseconds by which every second replica is behind. */
  lag?: number;
  /** What others do with the hour that they share with the caller. */
  quota?: 'falls' | 'rises' | 'resets' | 'stands still' | 'is counted twice';
  /** One of so many requests is answered by the gateway. */
  gatewayErrors?: number;
  /** One of so many connections is reset. */
  resets?: number;
  /** Milliseconds that an answer takes. */
  latency?: readonly [least: number, most: number];
  /** Headers of gateways. */
  gateway?: boolean;
  /** Milliseconds by which the server's clock is off. */
  clock?: number;
  /** Objects that the collections whose items have children have. */
  parents?: number;
  /** Moments are spelled with `+00:00`, and without zeros at the end of their fraction. */
  moments?: boolean;
  /** Spells the links of a header in other ways that RFC 8288 allows, one answer after the other. */
  links?: readonly ((header: string) => string)[];
}

/** More than the API's own, so that no run is cut short: one that is proves nothing. */
const LIMIT = 5000;
/** Of gateways, and of a CDN. */
const GATEWAY: readonly number[] = [502, 503, 504, 520];
const MOMENT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const START = Date.UTC(2026, 5, 30, 21);

/**
 * A fake on which harmless things happen. Time passes on a clock of its own: with each request by what it takes, and
 * where somebody waits. With a seed all of it happens again just so.
 */
export class HarmlessServer {
  readonly target: Target;
  /** Requests so far, by the status of their answers; 0 where the connection was reset. */
  readonly statuses: number[] = [];
  readonly #weather: Weather;
  readonly #random: Random;
  readonly #replicas: readonly Replica[];
  #time = 0;
  #others = 0;

  static async start(contract: Contract, weather: Weather, seed: number): Promise<HarmlessServer> {
    const { document } = contract;
    const many = weather.parents !== undefined && weather.parents > 1 ? { evses: weather.parents } : {};
    const options = { document, record: false, rateLimit: { limit: LIMIT }, ...many };
    const off = weather.clock ?? 0;
    const time = { now: 0 };
    const now = () => START + time.now + off;
    const fake = await createFake({ ...options, now });
    const late = await createFake({
      ...options,
      now,
      // Both know the same tokens and count the same requests.
      behaviours: {
        authenticate: (authenticate) => (request) => authenticate(request, fake.world),
        throttle: (throttle) => (principal) => throttle(principal, fake.world.limiter),
      },
    });
    return new HarmlessServer(
      contract,
      weather,
      seed,
      fake,
      weather.lag === undefined ? [fake] : [fake, late],
      time,
    );
  }

  private constructor(
    contract: Contract,
    weather: Weather,
    seed: number,
    fake: Fake,
    fakes: readonly Fake[],
    time: { now: number },
  ) {
    this.#weather = weather;
    this.#random = new Random(`harmless ${seed}`);
    this.#replicas = fakes.map(
      (one, index) => new Replica(one, weather, index * (weather.lag ?? 0), `${seed}`),
    );
    const server = this;
    this.target = {
      ...inProcess(fake, contract),
      name: 'live',
      title: 'a live server',
      own: false,
      knowsExamples: false,
      fetch: (input, init) => server.#answer(new Request(input, init)),
      clock: {
        now: () => server.#time,
        async wait(milliseconds) {
          server.#time += milliseconds;
          time.now = server.#time;
        },
      },
    };
    this.#pass = (milliseconds) => {
      this.#time += milliseconds;
      time.now = this.#time;
    };
  }

  readonly #pass: (milliseconds: number) => void;

  async #answer(request: Request): Promise<Response> {
    const { latency = [1, 5], gatewayErrors, resets } = this.#weather;
    const took = this.#random.integer(...latency);
    this.#pass(took / 2);
    if (resets !== undefined && this.#random.integer(1, resets) === 1) {
      this.statuses.push(0);
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
      });
    }
    if (gatewayErrors !== undefined && this.#random.integer(1, gatewayErrors) === 1) {
      const status = GATEWAY[this.#random.integer(0, GATEWAY.length - 1)] ?? 502;
      this.statuses.push(status);
      const body = `<html><body><h1>${status}</h1><hr>nginx</body></html>`;
      return new Response(body, { status, headers: { 'Content-Type': 'text/html' } });
    }
    const replica = this.#replicas[this.#random.integer(0, this.#replicas.length - 1)];
    if (!replica) throw new Error('there is no replica');
    replica.passTo(this.#time);
    const answer = await replica.fake.fetch(request);
    this.#pass(took / 2);
    this.statuses.push(answer.status);
    return this.#decorated(answer);
  }

  async #decorated(answer: Response): Promise<Response> {
    const { gateway, moments, links, quota } = this.#weather;
    const headers = new Headers(answer.headers);
    let text = await answer.text();
    if (moments) text = text.replace(MOMENT, trimmed);
    const link = headers.get('link');
    const spell = links?.[this.statuses.length % links.length];
    if (spell && link !== null) headers.set('Link', spell(link));
    if (quota) this.#share(headers, quota);
    if (gateway) {
      const type = headers.get('content-type');
      if (type !== null) headers.set('Content-Type', `${type}; charset=utf-8`);
      headers.set('Via', '1.1 varnish, 1.1 google');
      headers.set('Server', 'cloudflare');
      // As `fetch` shows an answer that it has decoded.
      headers.set('Content-Encoding', 'gzip');
      headers.set('CF-Ray', '8f2b1c0d9e-LHR');
      headers.set('Age', '0');
      headers.set('Vary', 'Accept-Encoding, Authorization');
      headers.set('Strict-Transport-Security', 'max-age=63072000');
      headers.set('X-Request-Id', String(this.statuses.length));
      headers.append('Set-Cookie', '__cf_bm=abc; path=/; Secure');
    }
    const empty = [204, 205, 304].includes(answer.status);
    return new Response(empty ? null : text, { status: answer.status, headers });
  }

  /** What is left is what others leave. */
  #share(headers: Headers, quota: NonNullable<Weather['quota']>): void {
    // Who has no token has an hour of his own.
    if (headers.get('x-ratelimit-limit') !== String(LIMIT)) return;
    this.#others += 1;
    const left = {
      falls: () => 990 - Math.min(800, this.#others * 2),
      rises: () => Math.min(1000, 400 + this.#others),
      resets: () => 1000 - ((this.#others * 3) % 700),
      'stands still': () => 640,
      // Each of two gateways counts what goes through it.
      'is counted twice': () => (this.#others % 2 === 0 ? 990 : 620) - Math.min(300, this.#others),
    }[quota]();
    headers.set('X-RateLimit-Remaining', String(left));
  }
}

/** One of the servers behind an address: what happens is to be seen on it some time later. */
class Replica {
  readonly fake: Fake;
  readonly #weather: Weather;
  readonly #lag: number;
  readonly #random: Readonly<Record<'logs' | 'states', Random>>;
  #logs = 0;
  #states = 0;

  constructor(fake: Fake, weather: Weather, lag: number, seed: string) {
    this.fake = fake;
    this.#weather = weather;
    this.#lag = lag;
    // The same changes on all replicas, in whatever order they are asked.
    this.#random = { logs: new Random(`logs ${seed}`), states: new Random(`states ${seed}`) };
    if (weather.parents !== undefined) this.#reduce(weather.parents);
  }

  /** Lets happen what has happened until a moment. */
  passTo(time: number): void {
    const { logs, states } = this.#weather;
    const now = Math.max(0, time - this.#lag);
    while (states !== undefined && this.#states + states <= now) {
      this.#states += states;
      for (const item of this.#parents()?.items ?? []) this.#change(item);
    }
    while (logs !== undefined && this.#logs + logs <= now) {
      this.#logs += logs;
      for (const collection of this.#children()) this.#roll(collection);
    }
  }

  #change(item: Resource): void {
    for (const [name, value] of Object.entries(item)) {
      if (typeof value === 'boolean') item[name] = !value;
      if (name.endsWith('_mode')) item[name] = this.#random.states.pick(['UNLOCKED', 'SMART', 'LOCKED']);
    }
  }

  /** A new item at the head of a collection, and one less at its end. */
  #roll({ items, table: { key } }: Collection): void {
    const newest = items[0];
    if (!newest) return;
    const at = (parseInstant(String(newest[key])) ?? 0) + this.#random.logs.integer(100_000, 900_000);
    const before = String(newest[key]);
    const after = formatInstant(at);
    // As a part of its URL it may be encoded.
    const text = JSON.stringify(newest)
      .replaceAll(before, after)
      .replaceAll(encodeURIComponent(before), encodeURIComponent(after));
    items.unshift({ ...(JSON.parse(text) as Resource), [key]: after });
    items.pop();
    // Fields that name the newest one follow.
    const [parent] = this.#parents()?.items ?? [];
    for (const [name, value] of Object.entries(parent ?? {}))
      if (parent && typeof value === 'string' && value.includes(before))
        parent[name] = value.replace(before, after);
  }

  /** The collection whose items have collections of their own, newest first. */
  #parents(): Collection | undefined {
    const path = this.#nested()[0]?.path.replace(/\/\{[^{}]*\}\/[^/]*$/, '');
    return (path === undefined ? undefined : this.fake.world.store.collection(path, [])) ?? undefined;
  }

  #children(): Collection[] {
    const parents = this.#parents();
    const [first] = parents?.items ?? [];
    if (!parents || !first) return [];
    return this.#nested().flatMap(({ path }) => {
      const collection = this.fake.world.store.collection(path, [String(first[parents.table.key])]);
      return collection?.descending ? [collection] : [];
    });
  }

  #nested() {
    return this.fake.world.operations.filter(
      ({ method, path, collection }) =>
        method === 'GET' && collection?.order === 'descending' && /\/\{[^{}]*\}\/[^/{}]+$/.test(path),
    );
  }

  /** No more parents than are wanted. */
  #reduce(count: number): void {
    const items = this.#parents()?.items ?? [];
    while (items.length > count) items.pop();
  }
}

function trimmed(moment: string): string {
  return moment.replace(
    /(?:\.(\d*?)0*)?Z$/,
    (_, fraction = '') => `${fraction === '' ? '' : `.${fraction}`}+00:00`,
  );
}
