import type { Answer, Call, Core } from '../send/core.js';

/**
 * A call under way. `await` gives the data; `withResponse()` and `asResponse()` give the response too.
 */
export class ApiPromise<T> implements Promise<T> {
  readonly #answer: Promise<Answer>;
  #call: Call | undefined;
  #raw = false;

  /** @hidden The client alone makes them. */
  constructor(core: Core, build: () => Call | Promise<Call>) {
    const send = (call: Call) => {
      if (this.#raw) call.raw = true;
      this.#call = call;
      return core.send(call);
    };
    try {
      const call = build();
      // A signal has to end what `asResponse()` leaves unread, which is said right after this.
      const later = call instanceof Promise || call.options?.signal;
      this.#answer = later ? Promise.resolve(call).then(send) : send(call);
    } catch (error) {
      // A promise rejects, it doesn't throw.
      this.#answer = Promise.reject(error);
    }
  }

  get [Symbol.toStringTag](): string {
    return 'ApiPromise';
  }

  // biome-ignore lint/suspicious/noThenProperty: a promise has one.
  then<A = T, B = never>(
    onfulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    const data = ({ data }: Answer) => (onfulfilled ? onfulfilled(data as T) : (data as A));
    return this.#answer.then(data, onrejected);
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
   * To be called on the fresh promise: once the response is there, its body is read.
   */
  async asResponse(): Promise<Response> {
    this.#raw = true;
    if (this.#call) this.#call.raw = true;
    return (await this.#answer).response;
  }
}
