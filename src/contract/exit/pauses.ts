import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work after which what waits goes first. */
const SPELL = 100;

/** Lets waiting events run now and then, such as a signal, in work that takes seconds. */
export class Pauses {
  readonly #signal: AbortSignal | undefined;
  #last = performance.now();

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** @throws the signal's reason, if the work is to end. */
  async pause(): Promise<void> {
    if (performance.now() - this.#last < SPELL) return;
    await setImmediate();
    this.#signal?.throwIfAborted();
    this.#last = performance.now();
  }
}
