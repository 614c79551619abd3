import { expect, test } from 'vitest';
import { faultyWalk } from '../../../scripts/test/fake.js';

test('a walk over 100,000 logs with every 10th request failing is complete, in order, without duplicate', async () => {
  const { retries, times } = await faultyWalk({ logs: 100_000, oneIn: 10 });
  expect(retries).toBeGreaterThan(99);
  expect(times).toHaveLength(100_000);
  expect(times).toEqual([...new Set(times)].sort().reverse());
}, 120_000);
