import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { retryAfter } from '../wire/headers.js';
import { type RetryPolicy, retryDelay } from './retry.js';

const policy: RetryPolicy = { maxRetries: 3, maxWait: 60_000, initial: 500, max: 8_000 };
const none = new Headers();

describe('what is repeated', () => {
  test.each([
    ['GET', 429, true],
    ['POST', 429, true],
    ['DELETE', 429, true],
    ['GET', 500, true],
    ['HEAD', 503, true],
    ['POST', 503, false],
    ['PATCH', 500, false],
    ['GET', undefined, true],
    ['POST', undefined, false],
    ['DELETE', undefined, false],
    ['GET', 400, false],
    ['GET', 404, false],
    ['GET', 302, false],
  ])('%s that ended with %s: %s', (method, status, repeated) => {
    expect(retryDelay(policy, method, 1, status, none) !== undefined).toBe(repeated);
  });

  test('ends after maxRetries', () => {
    expect(retryDelay(policy, 'GET', 3, 503, none)).toBeDefined();
    expect(retryDelay(policy, 'GET', 4, 503, none)).toBeUndefined();
  });
});

describe('the wait', () => {
  test('is anything up to a bound that doubles (full jitter)', () => {
    const random = vi.spyOn(Math, 'random');
    const bounds = [1, 2, 3, 4, 5, 6].map((attempt) => {
      random.mockReturnValue(1);
      const most = retryDelay({ ...policy, maxRetries: 9 }, 'GET', attempt, 503, none);
      random.mockReturnValue(0);
      expect(retryDelay({ ...policy, maxRetries: 9 }, 'GET', attempt, 503, none)).toBe(0);
      return most;
    });
    random.mockRestore();
    expect(bounds).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
  });

  test.each([
    ['0', 0],
    ['7', 7_000],
    ['60', 60_000],
  ])('is what Retry-After: %s says', (value, delay) => {
    expect(retryDelay(policy, 'GET', 1, 429, new Headers({ 'retry-after': value }))).toBe(delay);
  });

  test('is not shortened: what is longer than maxRetryWait is not waited at all', () => {
    expect(retryDelay(policy, 'GET', 1, 429, new Headers({ 'retry-after': '61' }))).toBeUndefined();
    expect(retryDelay(policy, 'GET', 1, 503, new Headers({ 'retry-after': '61' }))).toBeUndefined();
  });
});

describe('Retry-After', () => {
  const of = (value: string, date?: string) =>
    retryAfter(new Headers({ 'retry-after': value, ...(date === undefined ? {} : { date }) }));

  test.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    '%s is a date, against the clock of the server',
    (date) => {
      expect(of(date, 'Sun, 06 Nov 1994 08:49:07 GMT')).toBe(30);
    },
  );

  test('a date that is past means at once', () => {
    expect(of('Sun, 06 Nov 1994 08:49:37 GMT')).toBe(0);
  });

  test.each(['', 'soon', '-1', '1.5', 'foo 1', '1e3', '2026-01-01', 'Sun, 06 Nov', '0x10'])(
    '%s is unreadable, and says nothing',
    (value) => {
      expect(of(value)).toBeUndefined();
    },
  );

  test('is never negative or NaN, whatever comes', () => {
    const header = fc.oneof(
      fc.string(),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(
        header.filter((text) => /^[\x20-\x7e]*$/.test(text)),
        (value) => {
          const seconds = of(value);
          expect(seconds === undefined || seconds >= 0).toBe(true);
        },
      ),
    );
  });

  test('reads every HTTP date to the second', () => {
    const now = Date.UTC(2026, 0, 1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 8 }), (seconds) => {
        const date = new Date(now + seconds * 1000).toUTCString();
        expect(of(date, new Date(now).toUTCString())).toBe(seconds);
      }),
    );
  });
});
