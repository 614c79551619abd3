import type { Answer } from './core.js';

/** All that openapi-fetch looks for is the length of what it won't read. */
const NONE = { get: () => null };

/**
 * An answer that passes through openapi-fetch as it is: that takes it for a response without content, and so leaves
 * the body alone, which has been read by then or shall not be.
 */
export class Carrier implements Answer {
  readonly data: unknown;
  readonly response: Response;

  constructor(data: unknown, response: Response) {
    this.data = data;
    this.response = response;
  }

  get ok(): boolean {
    return true;
  }

  get status(): number {
    return 204;
  }

  get headers(): Pick<Headers, 'get'> {
    return NONE;
  }
}
