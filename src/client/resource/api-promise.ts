import type { Reading } from '../send/request.js';
import { realResponse } from '../send/response.js';
import type { Answer } from './call.js';

/**
 * A call under way. `await` gives the data; `withResponse()` and `asResponse()` give the response too.
 */
export class ApiPromise<T> extends Promise<T> {
  readonly #answer: Promise<Answer>;
  #reading: Reading | undefined;

  /** What `then` gives is a promise like any other. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** @hidden The client alone makes them. */
  constructor(send: (reading: Reading | undefined) => Promise<Answer>) {
    // Settled by nobody: `then`, which everything else goes through, is that of the answer.
    super(() => {});
    // In a moment, and not at once: `asResponse()` is called right behind.
    this.#answer = Promise.resolve().then(() => send(this.#reading));
  }

  override get [Symbol.toStringTag](): string {
    return 'ApiPromise';
  }

  // biome-ignore lint/suspicious/noThenProperty: a promise has one.
  override then<A = T, B = never>(
    onfulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#answer.then(({ data }) => data as T).then(onfulfilled, onrejected);
  }

  /** The data, and the response that it came with. */
  async withResponse(): Promise<{ data: T; response: Response }> {
    const { data, response } = await this.#answer;
    return { data: data as T, response: realResponse(response) };
  }

  /**
   * The response with its body unread, for streaming or other content; errors are thrown all the same.
   * To be called on the fresh promise: later the body has been read into memory, and is given from there.
   */
  async asResponse(): Promise<Response> {
    this.#reading = 'nothing';
    return realResponse((await this.#answer).response);
  }
}
