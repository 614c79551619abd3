/** Spare room in a part for more items than are expected, as a share of them: at least, and at most. */
const LEAST_SPARE = 0.004;
const MOST_SPARE = 0.25;

/** How well the numbers of items in parts could be foretold so far. */
export class Forecast {
  #spare = 0.02;

  /**
   * Items to aim at so that so many pages hold them all: one item more than they hold would cost one more request.
   */
  target(pages: number, pageSize: number): number {
    const room = pages * pageSize;
    return Math.max(1, room * (1 - this.#spare) - 1);
  }

  /** A part that was to have so many items had so many. */
  learn(expected: number, found: number): void {
    const miss = Math.abs(found / expected - 1);
    this.#spare = Math.min(MOST_SPARE, Math.max(LEAST_SPARE, (this.#spare + 1.5 * miss) / 2));
  }
}
