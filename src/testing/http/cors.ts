import type { FakeRequest, FakeResponse } from './exchange.js';

/** Answers a browser's preflight request, which asks whether a page of another origin may send a request. */
export function preflight({ method, headers }: FakeRequest): FakeResponse | undefined {
  const asked = headers['access-control-request-method'];
  if (method !== 'OPTIONS' || asked === undefined) return undefined;
  const allowed = headers['access-control-request-headers'];
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': asked,
      ...(allowed === undefined ? {} : { 'Access-Control-Allow-Headers': allowed }),
    },
  };
}

/** Lets pages of any origin read the answer and all its headers. */
export function share(response: FakeResponse): void {
  response.headers['Access-Control-Allow-Origin'] = '*';
  response.headers['Access-Control-Expose-Headers'] = '*';
}
