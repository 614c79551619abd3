import { Forecast } from './forecast.js';
import { newPart, type Part } from './part.js';
import type { Range } from './range.js';

/** Pages that a part should have at most: more waits longer for its turn, less leaves more pages partly empty. */
const MOST_PAGES = 4;

/** A part to walk, and how far. */
export interface Job<T> {
  readonly part: Part<T>;
  /** Items after which the rest is planned anew. */
  readonly limit: number;
  /** Items that the part should have; undefined where nothing is known. */
  readonly expected: number | undefined;
}

/**
 * Cuts the range into parts as it is walked. How many items a stretch has is only known from those next to it, so a
 * part is cut when someone is free to walk it; where nothing is known, one page is asked for to find out.
 */
export class Plan<T> {
  readonly #range: Range;
  readonly #walkers: number;
  readonly #forecast = new Forecast();
  /** Whether the server's links may lead past items: their cursors are times, and several items have the same. */
  lossy = false;
  /** In the order of the walk. Those before have been read. */
  readonly #parts: Part<T>[];

  constructor(range: Range, walkers: number, begin: string | undefined, end: string | undefined) {
    this.#range = range;
    this.#walkers = walkers;
    this.#parts = [newPart(begin, end)];
  }

  /** The part whose turn it is to be read. */
  get first(): Part<T> | undefined {
    return this.#parts[0];
  }

  /** The first part has been read. */
  drop(): void {
    this.#parts.shift();
  }

  /** The next part to walk; undefined where there is none now, or enough is waiting to be read. */
  take(): Job<T> | undefined {
    const index = this.#parts.findIndex(({ state }) => state === 'open');
    const part = this.#parts[index];
    if (!part || (index > 0 && this.#waiting() >= this.#walkers * MOST_PAGES)) return undefined;
    part.state = 'under way';
    const { density } = part;
    const { pageSize } = this.#range;
    // One page of the whole shows where its items begin, and how close they are.
    if (density === undefined || part.begin === undefined) return { part, limit: 1, expected: undefined };
    const whole = this.#length(part, density);
    const most = this.lossy ? 1 : MOST_PAGES;
    const pages = Math.min(most, Math.max(1, Math.floor(whole / pageSize / this.#walkers / 2)));
    const target = this.#forecast.target(pages, pageSize);
    const expected =
      whole > target + pageSize / 2 ? this.#cut(part, index, target / density) * density : whole;
    return { part, limit: (pages + 1) * pageSize, expected };
  }

  /** A page of the part has come, with its items so close: as good a guess as any for what is behind. */
  learn(part: Part<T>, items: number, density: number | undefined): void {
    part.items += items;
    if (density !== undefined) this.#guess(part, density);
  }

  /** The part has been walked to its end. */
  done({ part, expected }: Job<T>): void {
    part.state = 'done';
    if (expected !== undefined) this.#forecast.learn(expected, part.items);
    // A gap: how far it reaches, one page of the rest will tell.
    if (part.items === 0) this.#guess(part, undefined);
  }

  /** The part has been walked as far as `at`, with more behind it. */
  split({ part, limit, expected }: Job<T>, at: string, density: number | undefined): void {
    if (expected !== undefined && part.items >= limit) this.#forecast.learn(expected, part.items);
    this.#parts.splice(this.#parts.indexOf(part) + 1, 0, newPart(at, part.end, density));
    part.end = at;
    part.state = 'done';
  }

  /** For the next part to be cut, unless those in between know better. */
  #guess(part: Part<T>, density: number | undefined): void {
    for (const behind of this.#parts.slice(this.#parts.indexOf(part) + 1)) {
      if (behind.items > 0) return;
      if (behind.state === 'open') {
        behind.density = density;
        return;
      }
    }
  }

  /** Milliseconds of the stretch cut off for the part; the rest becomes the next. */
  #cut(part: Part<T>, index: number, width: number): number {
    const { direction } = this.#range;
    const whole = Math.max(1, Math.round(width));
    const at = new Date(Date.parse(part.begin ?? '') + direction * whole).toISOString();
    this.#parts.splice(index + 1, 0, newPart(at, part.end, part.density));
    part.end = at;
    return whole;
  }

  /** Items that the part should have. */
  #length({ begin, end }: Part<T>, density: number): number {
    if (end === undefined) return Infinity;
    return Math.abs(Date.parse(end) - Date.parse(begin ?? '')) * density;
  }

  #waiting(): number {
    return this.#parts.reduce((sum, { pages }) => sum + pages.length, 0);
  }
}
