import { expect, test } from 'vitest';
import { ordeal } from '../../../scripts/test/fleet/ordeal.js';

test('Three machines, one killed each second, bring each log into the sink once, with one token and one quota', {
  timeout: 600_000,
}, async () => {
  const { killed, tokens, used, left, refused } = await ordeal({
    machines: 3,
    killEvery: 1_000,
    limit: 700,
    reserve: 50,
    statusLogs: 2_000,
    latency: 40,
    window: 86_400_000,
    restartAfter: 100,
    tokensEndAfter: 200,
    lossAfter: 300,
    patience: 200_000,
  });
  expect(killed).toBeGreaterThan(5);
  // The first, one for those that ended early, one for the loss, and one for the second hour. A machine that is killed
  // between the answer and its place in Redis costs one more.
  expect([4, 5]).toContain(tokens);
  expect(used).toBeGreaterThanOrEqual(0.97);
  expect(left).toBeGreaterThanOrEqual(50);
  expect(refused).toBeLessThanOrEqual(0.01);
});
