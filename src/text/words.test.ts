import { expect, test } from 'vitest';
import { aroundDifference } from './words.js';

const long = (middle: string) =>
  `{"before":"${'a'.repeat(200)}","value":${middle},"after":"${'b'.repeat(200)}"}`;

test('values that fit stand as they are', () => {
  expect(aroundDifference('string', '7', 20)).toEqual(['string', '7']);
});

test('long values are cut around their first difference, both at the same place', () => {
  const [expected, found] = aroundDifference(`${long('7200')}, as listed`, long('"7200"'), 80);
  expect(expected).toMatch(/^…a{5,}","value":7200,"after":"b+…, as listed$/);
  expect(found).toMatch(/^…a{5,}","value":"7200","after":"b+…$/);
  expect(expected.indexOf('7200')).toBe(found.indexOf('"7200'));
  for (const text of [expected, found]) expect(text.length).toBeLessThanOrEqual(80);
});

test('a long value beside a word is cut at its end', () => {
  expect(aroundDifference('string', `["${'x'.repeat(100)}"]`, 20)).toEqual([
    'string',
    `["${'x'.repeat(17)}…`,
  ]);
});

test('a value that ends where the other goes on shows its end', () => {
  const [expected, found] = aroundDifference('a'.repeat(100), 'a'.repeat(120), 40);
  expect(expected).toBe(`…${'a'.repeat(24)}`);
  expect(found).toBe(`…${'a'.repeat(38)}…`);
});
