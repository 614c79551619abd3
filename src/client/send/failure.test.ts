import { describe, expect, test } from 'vitest';
import { ApiError } from '../errors/index.js';
import type { OperationRow } from '../resource/operation-row.js';
import type { Outcome } from './attempt.js';
import type { Call } from './core.js';
import { failure } from './failure.js';

const URL_OF_REQUEST = 'https://api.example.com/v2/start?x=1';

const REDIRECTING: OperationRow = {
  id: 'start',
  method: 'GET',
  path: '/start',
  public: true,
  redirect: true,
};
const CALL: Call = {
  row: REDIRECTING,
  path: '/start',
  query: undefined,
  headers: undefined,
  body: undefined,
  verbatim: false,
  options: undefined,
  raw: false,
  anyStatus: false,
  onHeaders: undefined,
};
const UNAWARE = { id: 'start', method: 'GET', path: '/start' };

function outcome(response: Response, text: string): Outcome {
  return { response, status: response.status, ok: response.ok, text };
}

/** What becomes of a 302 to `location`, where the document has redirects unless told otherwise. */
function redirected(location: string | undefined, change: Partial<Call> = {}, text = '') {
  const call = { ...CALL, ...change };
  const response = new Response(null, { status: 302, headers: location === undefined ? {} : { location } });
  return failure(call, URL_OF_REQUEST, outcome(response, text), {}).data;
}

describe('a documented redirect', () => {
  test.each([
    ['https://other.example.com/x?y=1', 'https://other.example.com/x?y=1'],
    ['/pages/1', 'https://api.example.com/pages/1'],
    ['next', 'https://api.example.com/v2/next'],
  ])('to %s is handed to the caller, made absolute', (location, absolute) => {
    expect(redirected(location)).toEqual({ status: 302, location: absolute });
  });

  test.each([undefined, '', 'http://['])('to nowhere (%s) is an error', (location) => {
    expect(() => redirected(location)).toThrow(ApiError);
    expect(() => redirected(location)).toThrow(/^start failed with 302: /);
  });

  test('is left as it came where any status is asked for', () => {
    const call = { anyStatus: true } as const;
    expect(redirected('/pages/1', call)).toBeUndefined();
    expect(redirected('/pages/1', call, '{"url":"/pages/1"}')).toEqual({ url: '/pages/1' });
  });
});

test('a redirect that the document does not have is an error', () => {
  expect(() => redirected('/pages/1', { row: UNAWARE })).toThrow(
    /Redirects \(here to https:\/\/api\.example\.com\)/,
  );
});

describe('a redirect that a browser hides', () => {
  // Fetch standard, "opaque-redirect filtered response"; Node's fetch shows what is in it.
  const response = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
  const hidden = (change: Partial<Call>) =>
    failure({ ...CALL, ...change }, URL_OF_REQUEST, outcome(response, ''), {});

  test.each([
    ['declared', REDIRECTING, /^start answered with a redirect.* leads\. Set the parameter that /],
    [
      'undeclared',
      UNAWARE,
      /^start answered with a redirect.* leads\. Redirects aren't followed.*; check baseUrl$/,
    ],
  ])('is an error that says so where it is %s', (_, row, message) => {
    expect(() => hidden({ row })).toThrow(ApiError);
    expect(() => hidden({ row })).toThrow(message);
  });

  test('is left as it came where any status is asked for', () => {
    expect(hidden({ anyStatus: true }).response).toBe(response);
  });
});
