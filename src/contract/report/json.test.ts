import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonReport } from './json.js';

test('any value is written as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 7 }), (value) => {
      expect([...jsonReport(value)].join('')).toBe(`${JSON.stringify(value, null, 2)}\n`);
    }),
  );
  const partly = { a: undefined, b: [undefined, { c: undefined, d: '\n' }], e: {} };
  expect([...jsonReport(partly)].join('')).toBe(`${JSON.stringify(partly, null, 2)}\n`);
});

test('a large value comes in parts, each of which fits a string', () => {
  const violations = Array.from({ length: 3_000 }, (_, number) => ({ number, found: 'x'.repeat(1_000) }));
  const parts = [...jsonReport({ runs: [{ violations }] })];
  expect(parts.length).toBeGreaterThan(2);
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(1_100_000);
  expect(JSON.parse(parts.join(''))).toEqual({ runs: [{ violations }] });
});
