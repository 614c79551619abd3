import { expect, test } from 'vitest';
import { Budget } from '../src/contract/exchange/budget.js';
import { type CheckResult, check } from '../src/contract/index.js';
import { HarmlessServer, type Weather } from './harmless.js';
import { contract, few, rules } from './kit.js';
import { weathers } from './weathers.js';

/** Checks a live server on which harmless things happen, as the command does by default. */
async function checkIn(weather: Weather, seed: number): Promise<CheckResult> {
  const { target } = await HarmlessServer.start(contract, weather, seed);
  try {
    return await check({ contract, rules, target, operations: few, budget: new Budget(undefined, 100) });
  } finally {
    await target.stop();
  }
}

test.each(Object.entries(weathers))('%s: nothing is wrong', async (_, weather) => {
  const { violations, requests, incomplete } = await checkIn(weather, 1);
  expect(violations).toEqual([]);
  expect(incomplete).toBeUndefined();
  // Without objects two of the three operations are left.
  expect(requests).toBeGreaterThan(weather.parents === 0 ? 50 : 80);
});
