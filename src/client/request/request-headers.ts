import type { Call } from '../send/core.js';
import { checkedValue, type HeaderFields, mergeHeaders } from './headers.js';

/** Request headers, as one object for all requests as long as the token is the same. */
export class RequestHeaders {
  readonly #base: HeaderFields;
  #authorized: HeaderFields;
  #token: string | undefined;

  constructor(base: HeaderFields) {
    this.#base = base;
    this.#authorized = base;
  }

  /** Whether each request has an authorization that the client's own headers bring. */
  get authorized(): boolean {
    return 'authorization' in this.#base;
  }

  of(call: Call, token: string | undefined, body: BodyInit | undefined): HeaderFields {
    const headers = token === undefined ? this.#base : this.#withToken(token);
    const { answer } = call.row;
    if (!call.headers && !call.options?.headers && body === undefined && !answer) return headers;
    const own = mergeHeaders({ ...headers }, call.headers);
    if (answer) own.accept = `${answer}, application/problem+json`;
    // Of what isn't text fetch knows the type best, as long as nobody names another.
    const type = call.row.body ?? (typeof body === 'string' ? 'application/json' : undefined);
    if (body !== undefined && type) own['content-type'] = type;
    mergeHeaders(own, call.options?.headers);
    // The boundary of a form is only known to fetch.
    if (body instanceof FormData) delete own['content-type'];
    return own;
  }

  #withToken(token: string): HeaderFields {
    if (token !== this.#token) {
      this.#authorized = { ...this.#base, authorization: `Bearer ${checkedValue('accessToken', token)}` };
      this.#token = token;
    }
    return this.#authorized;
  }
}
