import { expect, test } from 'vitest';
import { Redactor } from './redactor.js';

function redact(text: string, ...secrets: (string | null | undefined)[]): string {
  const known = new Redactor();
  known.learn(...secrets);
  return known.hide(text);
}

test.each([
  ['as it is', 'a/b+c d"e~-'],
  ['in JSON', 'a/b+c d\\"e~-'],
  ['in JSON with escaped slashes', 'a\\/b+c d\\"e~-'],
  ['in a URL', 'a%2Fb%2Bc%20d%22e~-'],
  ['in a form', 'a%2Fb%2Bc+d%22e%7E-'],
  ['in a URL with small letters', 'a%2fb%2bc%20d%22e~-'],
  ['in HTTP Basic (RFC 6749, 2.3.1)', 'a%2Fb%2Bc+d%22e%7E%2D'],
])('a secret written as %s is taken out', (_, spelling) => {
  expect(redact(`you sent ${spelling}!`, undefined, '', 'a/b+c d"e~-')).toBe('you sent [redacted]!');
});

test.each([
  ['you sent secret-to…', 'you sent [redacted]…'],
  ['you sent secret-token…', 'you sent [redacted]…'],
  ['you sent secret-to', 'you sent secret-to'],
  ['you sent it, secr…', 'you sent it, secr…'],
])('a text that was cut within a secret shows nothing of it: %s', (text, safe) => {
  expect(redact(text, 'secret-token')).toBe(safe);
});

test.each(['i', 'any', 'mock'])('a text keeps its words where the secret is one of them: %s', (secret) => {
  const text = 'Invalid URL: any such mock…';
  expect(redact(text, secret)).toBe(text);
});

test('from five characters on a secret is taken out', () => {
  expect(redact('you sent mock1', 'mock1')).toBe('you sent [redacted]');
});

test('a text that was harmless is looked at again once its secret is known', () => {
  const known = new Redactor();
  known.learn('another-secret');
  expect(known.hide('you sent secret-token')).toBe('you sent secret-token');
  known.learn('secret-token');
  expect(known.hide('you sent secret-token')).toBe('you sent [redacted]');
  expect(known.hide('you sent secret-token')).toBe('you sent [redacted]');
});

test('a text that repeats how thousands of secrets begin is hidden from where comparing them takes too long', () => {
  const known = new Redactor(5_000);
  for (let number = 0; number < 5_000; number++) known.learn(`secret-${number}-abcdefgh`);
  const text = 'secret-x '.repeat(20_000);
  const safe = known.hide(`${text}secret-7-abcdefgh`);
  expect(safe.startsWith('secret-x ')).toBe(true);
  expect(safe.endsWith('[redacted]')).toBe(true);
  expect(safe).not.toContain('secret-7');
  expect(known.hide('you sent secret-x, and secret-7-abcdefgh')).toBe('you sent secret-x, and [redacted]');
});

test('a server that sets more than is remembered drives nothing out but what it has set itself', () => {
  const known = new Redactor(10);
  known.learn('secret-token');
  const set = Array.from({ length: 25 }, (_, number) => `cookie-${number}-abcdefgh`);
  for (const cookie of set) known.learnSet([cookie]);
  known.learnSet(set.slice(0, 2));
  expect(known.hide(`secret-token ${set[24]} ${set[0]}`)).toBe('[redacted] [redacted] [redacted]');
  expect(known.hide(`${set[5]}`)).toBe(set[5]);
  // One that another has as well is still known.
  known.learn('cookie-24-abcdefgh');
  known.learnSet(set.slice(2, 14));
  expect(known.hide(`${set[24]}`)).toBe('[redacted]');
});
