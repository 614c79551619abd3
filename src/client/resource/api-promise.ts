import type { Reading } from '../send/request.js';
import { realResponse } from '../send/response.js';
import type { Answer } from './call.js';

/** A call under way. `await` it for the data; `withResponse()` and `asResponse()` also give the response. */
export class ApiPromise<T> extends Promise<T> {
  readonly #answer: Promise<Answer>;
  #reading: Reading | undefined;

  /** `then` returns a plain `Promise`. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** @hidden Only the client creates these. */
  constructor(send: (reading: Reading | undefined) => Promise<Answer>) {
    // This promise itself never settles: `then`, which `await` and all others call, goes to the answer instead.
    super(() => {});
    // Sent after the current statement, so that a chained `asResponse()` can still say how to read the answer.
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
   * The response with its body unread, for streaming or for content other than JSON. Errors are thrown as usual. Call
   * it in the same statement as the method: later the body has already been read, and comes from memory.
   */
  async asResponse(): Promise<Response> {
    this.#reading = 'nothing';
    return realResponse((await this.#answer).response);
  }
}
