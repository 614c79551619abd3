import { expect, test } from 'vitest';
import { testRegressions } from './regression-tests.js';
import { regressions } from './regressions.js';

test('there are plenty, each of its own', () => {
  expect(new Set(regressions.map(([name]) => name)).size).toBe(regressions.length);
  expect(regressions.length).toBeGreaterThanOrEqual(80);
});

// The first of each rule; the others are for the night.
testRegressions((index) => regressions.findIndex(([, rule]) => rule === regressions[index]?.[1]) === index);
