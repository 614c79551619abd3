/** The longest delay of a timer, in milliseconds. */
const MAX_TIMER = 2 ** 31 - 1;

/** Waits that can all be ended at once, so that a closed fake's timers don't keep the process alive. */
export class Waits {
  readonly #waiting = new Set<() => void>();
  #ended = false;

  /**
   * Waits for the given time, or until the caller has gone.
   *
   * @param milliseconds Infinity to wait as long as the caller stays.
   */
  wait(milliseconds: number, caller: AbortSignal): Promise<void> {
    if (caller.aborted || this.#ended) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        caller.removeEventListener('abort', end);
        this.#waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(milliseconds, MAX_TIMER));
      caller.addEventListener('abort', end);
      this.#waiting.add(end);
    });
  }

  /** Ends all waits; later ones end at once. */
  end(): void {
    this.#ended = true;
    for (const end of [...this.#waiting]) end();
  }
}
