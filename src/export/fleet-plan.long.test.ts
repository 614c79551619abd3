import { expect, test } from 'vitest';
import { simulateFleet } from '../../scripts/test/fleet/simulate.js';

test.each([
  ['told the cadence of logs', 3_600],
  ['after a tenth of the windows', undefined],
])(
  'The plan of 20,000 EVSEs over 30 days is right within 2 percent: %s',
  { timeout: 900_000 },
  async (_, cadence) => {
    const { estimate, took } = await simulateFleet({
      evses: 20_000,
      days: 30,
      every: 3_600,
      cadence,
      limit: 1_000,
    });
    console.log(JSON.stringify({ estimate, took }));
    expect(Math.abs(estimate.requests / took.requests - 1)).toBeLessThan(0.02);
    expect(Math.abs(estimate.hours / took.hours - 1)).toBeLessThan(0.02);
  },
);
