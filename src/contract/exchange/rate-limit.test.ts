import { expect, test } from 'vitest';
import { tryAgain } from './rate-limit.js';

test.each([
  [{}, 'try again later'],
  [{ 'retry-after': '1800' }, 'try again in 1800 s'],
  [{ 'retry-after': '9'.repeat(9_000) }, 'try again later'],
  [{ 'retry-after': 'soon, at https://evil.example/' }, 'try again later'],
  [
    { 'retry-after': 'Sun, 29 Nov 2026 10:00:30 GMT', date: 'Sun, 29 Nov 2026 10:00:00 GMT' },
    'try again in 30 s',
  ],
])('a Retry-After is told in a few words, or left out: %j', (headers, said) => {
  const response = { status: 503, headers: new Headers(headers as Record<string, string>), body: '' };
  expect(tryAgain(response)).toBe(said);
});
