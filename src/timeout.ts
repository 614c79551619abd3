import { onAbort } from './on-abort.js';

/** The end of one attempt: by its time limit, or by the caller's signal. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #release: (() => void) | undefined;
  #expired = false;

  /** @param timeout milliseconds; `Infinity` for no limit */
  constructor(timeout: number, caller: AbortSignal | undefined) {
    if (timeout !== Infinity) this.#timer = setTimeout(Deadline.#expire, timeout, this);
    const end = () => this.#controller.abort(caller?.reason);
    if (caller?.aborted) end();
    else if (caller) this.#release = onAbort(caller, end);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the time limit ended the attempt. */
  get expired(): boolean {
    return this.#expired;
  }

  /**
   * The attempt is over: nothing is left behind.
   * @param unread the body is still to be read by the caller, whose signal goes on ending it
   */
  clear(unread: boolean): void {
    clearTimeout(this.#timer);
    if (!unread) this.#release?.();
  }

  static #expire(deadline: Deadline): void {
    deadline.#expired = true;
    deadline.#controller.abort();
  }
}
