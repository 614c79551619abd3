/** The longest that a timer can wait, in milliseconds. */
const MAX_TIMER = 2 ** 31 - 1;

/** Waits that can be ended all at once, so that no timer keeps a process alive whose fake has been closed. */
export class Waits {
  readonly #waiting = new Set<() => void>();
  #ended = false;

  /**
   * Waits so many milliseconds, or until the caller has gone.
   *
   * @param milliseconds Infinity for as long as the caller stays.
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

  /** Ends all waits, and those that would begin later. */
  end(): void {
    this.#ended = true;
    for (const end of [...this.#waiting]) end();
  }
}
