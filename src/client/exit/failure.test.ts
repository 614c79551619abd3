import { describe, expect, test } from 'vitest';
import { answerOf } from '../api/fetcher.js';
import { ApiError } from '../errors/index.js';
import type { OperationRow } from '../resource/operation-row.js';
import type { ApiRequest } from '../send/request.js';
import { ReadResponse } from '../send/response.js';
import { Redactor } from './redactor.js';

const REDIRECTING: OperationRow = {
  id: 'start',
  method: 'GET',
  path: '/start',
  public: true,
  redirect: true,
};
const UNAWARE: OperationRow = { id: 'start', method: 'GET', path: '/start' };

function requestOf(operation: OperationRow): ApiRequest {
  return {
    operation,
    method: 'GET',
    url: 'https://api.example.com/v2/start?x=1',
    headers: new Headers(),
    body: undefined,
    signal: undefined,
    limit: undefined,
    reauthorize: undefined,
    ownAuthorization: false,
    reading: 'text',
    timeout: undefined,
    maxRetries: undefined,
    validate: undefined,
    platform: undefined,
    secrets: new Redactor(),
    call: { id: 1, attempt: 1 },
  };
}

/** What becomes of a 302 to `location`, where the document has redirects unless told otherwise. */
async function redirected(location: string | undefined, operation = REDIRECTING) {
  const response = new Response(null, { status: 302, headers: location === undefined ? {} : { location } });
  return (await answerOf({ request: requestOf(operation), response: new ReadResponse(response, '') })).data;
}

describe('a documented redirect', () => {
  test.each([
    ['https://other.example.com/x?y=1', 'https://other.example.com/x?y=1'],
    ['/pages/1', 'https://api.example.com/pages/1'],
    ['next', 'https://api.example.com/v2/next'],
  ])('to %s is handed to the caller, made absolute', async (location, absolute) => {
    expect(await redirected(location)).toEqual({ status: 302, location: absolute });
  });

  test.each([undefined, '', 'http://['])('to nowhere (%s) is an error', async (location) => {
    await expect(redirected(location)).rejects.toThrow(ApiError);
    await expect(redirected(location)).rejects.toThrow(/^start failed with 302: /);
  });
});

test('a redirect that the document does not have is an error', async () => {
  await expect(redirected('/pages/1', UNAWARE)).rejects.toThrow(
    /Redirects \(here to https:\/\/api\.example\.com\)/,
  );
});

describe('a redirect that a browser hides', () => {
  // Fetch standard, "opaque-redirect filtered response"; Node's fetch shows what is in it.
  const response = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });

  test.each([
    ['declared', REDIRECTING, /^start answered with a redirect.* leads\. Set the parameter that /],
    [
      'undeclared',
      UNAWARE,
      /^start answered with a redirect.* leads\. Redirects aren't followed.*; check baseUrl$/,
    ],
  ])('is an error that says so where it is %s', async (_, operation, message) => {
    const answer = answerOf({ request: requestOf(operation), response: new ReadResponse(response, '') });
    await expect(answer).rejects.toThrow(ApiError);
    await expect(answer).rejects.toThrow(message);
  });
});
