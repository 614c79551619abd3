import { expect, test } from 'vitest';
import { inJavaScript } from './dialects.js';
import { patternOf } from './pattern.js';

test.each([
  ['^[a-z]+$', '^[a-z]+$'],
  ['[\\w\\-]+', '[\\w\\-]+'],
  ['\\p{Lu}', '\\p{Lu}'],
  ['/v1/', '/v1/'],
  ['^[\\p{L}\\-\\_\\ ]+\\@\\p{Lu}\\-\\.$', '^[\\p{L}\\-_ ]+@\\p{Lu}-\\.$'],
  ['\\A[a-z]+\\z', '^[a-z]+$'],
  ['^\\d++$', '^\\d+$'],
  ['^\\Qa.b\\E$', '^a\\.b$'],
  ['^[[:alpha:]_]+$', '^[A-Za-z_]+$'],
  ['^(?P<year>\\d{4})-(?P=year)$', '^(?<year>\\d{4})-\\k<year>$'],
  ['/^[a-z]{2}$/', '^[a-z]{2}$'],
  ['/^abc$/i', '^[aA][bB][cC]$'],
  ['(?i)^[a-f0-9x]+$', '^[a-fA-F0-9xX]+$'],
  ['(?s)^.+\\z', '^[\\s\\S]+$'],
  ['^(?>a|b)\\h?(?#or so)$', '^(?:a|b)[ \\t]?$'],
])('%s is %s in JavaScript', (pattern, written) => {
  expect(inJavaScript(pattern)).toBe(written);
  expect(() => patternOf(written)).not.toThrow();
});

test.each(['[unclosed', 'a(?i)b', '(?m)^a$', '(?(1)a|b)', '\\Ga', '(?P>name)', 'a)'])(
  '%s has no equal in JavaScript',
  (pattern) => {
    expect(inJavaScript(pattern)).toBeUndefined();
  },
);
