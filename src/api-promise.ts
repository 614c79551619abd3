import type { Answer } from './core.js';

/**
 * A call under way. `await` gives the data; `withResponse()` and `asResponse()` give the response too.
 */
export class ApiPromise<T> implements Promise<T> {
  readonly [Symbol.toStringTag] = 'ApiPromise';
  readonly #answer: Promise<Answer>;
  #raw = false;

  constructor(start: (raw: boolean) => Promise<Answer>) {
    // A tick later, so that `asResponse()` on the fresh promise can still ask for the unread body.
    this.#answer = Promise.resolve().then(() => start(this.#raw));
  }

  // biome-ignore lint/suspicious/noThenProperty: a promise has one.
  then<A = T, B = never>(
    onfulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#answer.then((answer) => answer.data as T).then(onfulfilled, onrejected);
  }

  catch<B = never>(onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onrejected);
  }

  finally(onfinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onfinally) as Promise<T>;
  }

  /** The data, and the response whose body has been read into it. */
  async withResponse(): Promise<{ data: T; response: Response }> {
    const { data, response } = await this.#answer;
    return { data: data as T, response };
  }

  /**
   * The response with its body unread, for streaming or other content; errors are thrown all the same.
   * To be called on the fresh promise: once the call has started its body is read, and the response comes without it.
   */
  async asResponse(): Promise<Response> {
    this.#raw = true;
    return (await this.#answer).response;
  }
}
