import { expect, test } from 'vitest';
import { simulateFleet } from '../../scripts/test/fleet/simulate.js';

test.each([
  ['told the cadence of logs', 900],
  ['after a tenth of the windows', undefined],
])('The plan of a fleet is right within 2 percent: %s', async (_, cadence) => {
  const { estimate, took } = await simulateFleet({ evses: 60, days: 8, every: 900, cadence, limit: 10 });
  expect(Math.abs(estimate.requests / took.requests - 1)).toBeLessThan(0.02);
  expect(Math.abs(estimate.hours / took.hours - 1)).toBeLessThan(0.02);
  expect(took.items).toBe(60 * 8 * 96);
});
