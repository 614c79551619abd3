import { expect, test } from 'vitest';
import { redactor } from './redactor.js';

test('what a server says does not write to the terminal that shows it', () => {
  const redact = redactor();
  expect(redact.text('\u001b[31mred\u0007\u009b2J, a\ttab and\na line')).toBe(
    '\\x1b[31mred\\x07\\x9b2J, a\\ttab and\\na line',
  );
});

test('a secret goes, also where it was cut', () => {
  const redact = redactor(['0123456789abcdefghij']);
  expect(redact.text('token 0123456789abcdefghij and 0123456789abcd')).toBe(
    'token [redacted] and [redacted]',
  );
});
