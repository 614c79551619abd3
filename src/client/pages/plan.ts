import { Forecast } from './forecast.js';
import { newPart, type Part } from './part.js';
import type { Range } from './range.js';

/** Most pages per part. Larger parts wait longer for their turn; smaller ones leave more pages partly empty. */
const MOST_PAGES = 4;

/** A part to walk, and how far to walk it. */
export interface Job<T> {
  readonly part: Part<T>;
  /** Number of items after which the rest is planned anew. */
  readonly limit: number;
  /** Items that the part should have; undefined if unknown. */
  readonly expected: number | undefined;
}

/**
 * Cuts the range into parts during the walk. Only the neighbouring stretches show how many items a stretch may have, so
 * it cuts a part when a walker becomes free. If nothing is known, it requests one page to find out.
 */
export class Plan<T> {
  readonly #range: Range;
  readonly #walkers: number;
  readonly #forecast = new Forecast();
  /** Whether the server's links may skip items: their cursors are times, and several items share one. */
  lossy = false;
  /** The parts in the order of the walk, without those that have been read. */
  readonly #parts: Part<T>[];

  constructor(range: Range, walkers: number, begin: string | undefined, end: string | undefined) {
    this.#range = range;
    this.#walkers = walkers;
    this.#parts = [newPart(begin, end)];
  }

  /** The part that is being read. */
  get first(): Part<T> | undefined {
    return this.#parts[0];
  }

  /** Removes the first part, which has been read. */
  drop(): void {
    this.#parts.shift();
  }

  /** The next part to walk; undefined if there is none now, or enough pages are waiting to be read. */
  take(): Job<T> | undefined {
    const index = this.#parts.findIndex(({ state }) => state === 'open');
    const part = this.#parts[index];
    if (!part || (index > 0 && this.#waiting() >= this.#walkers * MOST_PAGES)) return undefined;
    part.state = 'under way';
    const { density } = part;
    const { pageSize } = this.#range;
    // One page shows where the items begin, and how dense they are.
    if (density === undefined || part.begin === undefined) return { part, limit: 1, expected: undefined };
    const whole = this.#length(part, density);
    const most = this.lossy ? 1 : MOST_PAGES;
    const pages = Math.min(most, Math.max(1, Math.floor(whole / pageSize / this.#walkers / 2)));
    const target = this.#forecast.target(pages, pageSize);
    const expected =
      whole > target + pageSize / 2 ? this.#cut(part, index, target / density) * density : whole;
    return { part, limit: (pages + 1) * pageSize, expected };
  }

  /** Takes note of a page of the part. Its density is the best guess for the stretch behind it. */
  learn(part: Part<T>, items: number, density: number | undefined): void {
    part.items += items;
    if (density !== undefined) this.#guess(part, density);
  }

  /** Takes note that the part has been walked to its end. */
  done({ part, expected }: Job<T>): void {
    part.state = 'done';
    if (expected !== undefined) this.#forecast.learn(expected, part.items);
    // The part is a gap. One page of the rest will show how far it reaches.
    if (part.items === 0) this.#guess(part, undefined);
  }

  /** Takes note that the part has been walked up to `at`, with more behind it. */
  split({ part, limit, expected }: Job<T>, at: string, density: number | undefined): void {
    if (expected !== undefined && part.items >= limit) this.#forecast.learn(expected, part.items);
    this.#parts.splice(this.#parts.indexOf(part) + 1, 0, newPart(at, part.end, density));
    part.end = at;
    part.state = 'done';
  }

  /** Sets the density of the next open part, unless a part in between has items of its own. */
  #guess(part: Part<T>, density: number | undefined): void {
    for (const behind of this.#parts.slice(this.#parts.indexOf(part) + 1)) {
      if (behind.items > 0) return;
      if (behind.state === 'open') {
        behind.density = density;
        return;
      }
    }
  }

  /** Cuts a stretch off for the part; the rest becomes the next part. Returns the stretch's milliseconds. */
  #cut(part: Part<T>, index: number, width: number): number {
    const { direction } = this.#range;
    const whole = Math.max(1, Math.round(width));
    const at = new Date(Date.parse(part.begin ?? '') + direction * whole).toISOString();
    this.#parts.splice(index + 1, 0, newPart(at, part.end, part.density));
    part.end = at;
    return whole;
  }

  /** Number of items that the part should have. */
  #length({ begin, end }: Part<T>, density: number): number {
    if (end === undefined) return Infinity;
    return Math.abs(Date.parse(end) - Date.parse(begin ?? '')) * density;
  }

  #waiting(): number {
    return this.#parts.reduce((sum, { pages }) => sum + pages.length, 0);
  }
}
