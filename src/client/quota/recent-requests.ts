/** Length of the API's rolling window, in milliseconds. */
export const WINDOW = 3_600_000;
const STEP = 60_000;
const STEPS = WINDOW / STEP + 1;

/** How many requests were sent in each minute of the last hour. */
export class RecentRequests {
  readonly #counts = new Map<number, number>();

  add(time: number): void {
    const step = Math.floor(time / STEP);
    const count = this.#counts.get(step) ?? 0;
    this.#counts.set(step, count + 1);
    if (count > 0) return;
    // A map keeps its keys in insertion order, which here is the order of time.
    for (const old of this.#counts.keys()) {
      if (old >= step - 2 * STEPS) break;
      this.#counts.delete(old);
    }
  }

  /** Requests in the whole minutes between the two times. */
  between(from: number, to: number): number {
    if (to - from < STEP) return 0;
    let sum = 0;
    for (const [step, count] of this.#counts) {
      if (step * STEP >= from && (step + 1) * STEP <= to) sum += count;
    }
    return sum;
  }

  /** When the oldest request of the hour before `now` was sent, rounded up to the minute; `now` if there is none. */
  oldest(now: number): number {
    for (const step of this.#counts.keys()) if (step * STEP > now - WINDOW) return (step + 1) * STEP;
    return now;
  }
}
