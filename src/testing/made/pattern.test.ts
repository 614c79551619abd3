import { expect, test } from 'vitest';
import { textMatching } from './pattern.js';
import { Random } from './random.js';

test.each([
  '^user[A-Z\\d]{26}$',
  'shop[A-Z\\d]{4}',
  '^(red|green|blue)-\\d{2,4}$',
  '^[^a-z\\s]+$',
  '\\d\\d:\\d\\d:\\d\\d',
  '^[-+]?([1-8]?\\d(\\.\\d+)?|90(\\.0+)?)$',
  '^(?:a|b)?c*d+$',
  '^(?!0)\\d{3}$',
  '^(?<word>\\w+)\\.$',
  '^\\p{Lu}\\p{Ll}+$',
  '^[\\u0041-\\u0043]{2}\\x44$',
  '^a\\/b\\-c$',
  '^.{3}$',
  '^\\S+@\\S+$',
  '^$',
])('a text is found for %s, the same with the same seed', (pattern) => {
  const text = textMatching(pattern, new Random('seed'), () => true);
  expect(text).toMatch(new RegExp(pattern, pattern.includes('\\p') ? 'u' : ''));
  expect(textMatching(pattern, new Random('seed'), () => true)).toBe(text);
});

test.each(['^a(?=b)c$', '['])('nothing is found for %s, which matches nothing', (pattern) => {
  expect(textMatching(pattern, new Random(1), () => true)).toBeUndefined();
});

test.each([
  ['^(?=.*\\d)(?=.*[a-z]).+$', 8],
  ['^(?=.*[A-Z])(?=.*\\d)[A-Za-z\\d]{8,}$', 12],
  ['^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)(?=.*[!@#$%^&*]).{8,}$', 8],
])('a password is found for %s with %d characters', (pattern, least) => {
  for (let seed = 0; seed < 20; seed += 1) {
    const text = textMatching(pattern, new Random(seed), ({ length }) => length >= least);
    expect(text).toMatch(new RegExp(pattern));
  }
});
