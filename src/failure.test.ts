import { describe, expect, test } from 'vitest';
import type { Call } from './core.js';
import { ApiError } from './errors/index.js';
import { failure } from './failure.js';

const URL_OF_REQUEST = 'https://api.example.com/v2/start?x=1';

/** What becomes of a 302 to `location`, where the document has redirects unless told otherwise. */
function redirected(location: string | undefined, change: Partial<Call> = {}, text = '') {
  const call: Call = {
    row: { id: 'start', method: 'GET', path: '/start', public: true, redirect: true },
    path: '/start',
    query: undefined,
    headers: undefined,
    body: undefined,
    verbatim: false,
    options: undefined,
    raw: false,
    anyStatus: false,
    onHeaders: undefined,
    ...change,
  };
  const response = new Response(null, { status: 302, headers: location === undefined ? {} : { location } });
  return failure(call, URL_OF_REQUEST, { response, text }, undefined).data;
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
  const row = { id: 'start', method: 'GET', path: '/start' };
  expect(() => redirected('/pages/1', { row })).toThrow(/Redirects \(here to https:\/\/api\.example\.com\)/);
});
