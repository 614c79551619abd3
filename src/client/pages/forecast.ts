/** Bounds of the spare room in a part for unexpected items, as a share of the part's room. */
const LEAST_SPARE = 0.004;
const MOST_SPARE = 0.25;

/** Keeps track of how well the number of items in a part could be predicted. */
export class Forecast {
  #spare = 0.02;

  /**
   * Number of items to aim for, so that they fit on the given number of pages: one item too many would cost another
   * request.
   */
  target(pages: number, pageSize: number): number {
    const room = pages * pageSize;
    return Math.max(1, room * (1 - this.#spare) - 1);
  }

  /** Learns from a part for which `expected` items were predicted and `found` came. */
  learn(expected: number, found: number): void {
    const miss = Math.abs(found / expected - 1);
    this.#spare = Math.min(MOST_SPARE, Math.max(LEAST_SPARE, (this.#spare + 1.5 * miss) / 2));
  }
}
