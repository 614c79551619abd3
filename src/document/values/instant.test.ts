import { expect, test } from 'vitest';
import { formatInstant, parseInstant } from './instant.js';

test.each([
  ['1970-01-01T00:00:00Z', 0],
  ['1970-01-01T00:00:00.000001Z', 1],
  ['1970-01-01t00:00:01.5z', 1_500_000],
  ['1970-01-01T01:00:00+01:00', 0],
  ['1969-12-31 22:30:00-01:30', 0],
  ['2024-04-18T08:53:52.225655Z', 1_713_430_432_225_655],
  ['2024-02-29T00:00:00Z', 1_709_164_800_000_000],
  ['2016-12-31T23:59:60Z', 1_483_228_800_000_000],
  ['0099-12-31T00:00:00Z', -59_011_545_600_000_000],
])('%s is %d microseconds', (text, expected) => {
  expect(parseInstant(text)).toBe(expected);
});

test.each([
  '',
  '2024-04-18',
  '2024-04-18T08:53:52',
  'emak01HS8FRXKJD5JZZ7ZN6W8H21P8',
  '2023-02-29T00:00:00Z',
  '2024-04-31T00:00:00Z',
  '2024-13-01T00:00:00Z',
  '2024-00-01T00:00:00Z',
  '2024-04-18T24:00:00Z',
  '2024-04-18T08:60:00Z',
  '2024-04-18T08:53:61Z',
])('%j is not an instant', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

test('writing and reading are inverse', () => {
  for (const time of [0, 1, 999_999, 1_713_430_432_225_655]) {
    expect(parseInstant(formatInstant(time))).toBe(time);
  }
  expect(formatInstant(1_713_430_432_225_655)).toBe('2024-04-18T08:53:52.225655Z');
});
