import { expect, test } from 'vitest';
import { isCertainlyBefore } from './collation.js';

test.each([
  ['Alpha', 'Beta'],
  ['Mercedes-Benz', 'Mini'],
  [2, 10],
  ['2026-01-01T01:00:00+02:00', '2026-01-01T00:00:00Z'],
])('%j comes before %j in whichever way they are compared', (a, b) => {
  expect(isCertainlyBefore(a, b)).toBe(true);
  expect(isCertainlyBefore(b, a)).toBe(false);
});

test.each([
  ['Beta', 'alpha'],
  ['Plan 10', 'Plan 2'],
  ['Ångström', 'Zebra'],
  ['A+C', 'AB'],
  ['co-op', 'coal'],
  ['öl', 'å'],
  ['hz', 'ch'],
  ['Ａ', '😀a'],
  ['same', 'same'],
])('whether %j comes before %j is open', (a, b) => {
  expect(isCertainlyBefore(a, b)).toBe(false);
  expect(isCertainlyBefore(b, a)).toBe(false);
});
