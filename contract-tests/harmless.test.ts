import { expect, test } from 'vitest';
import { Budget } from '../src/contract/exchange/budget.js';
import { type CheckResult, check } from '../src/contract/index.js';
import { HarmlessServer, type Weather } from './harmless.js';
import { contract, few, rules } from './kit.js';
import { weathers } from './weathers.js';

/** Checks a live server on which harmless things happen, as the command does by default. */
async function checkIn(weather: Weather, seed: number, operations = few): Promise<CheckResult> {
  const { target } = await HarmlessServer.start(contract, weather, seed);
  try {
    return await check({ contract, rules, target, operations, budget: new Budget(undefined, 100) });
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

/** They retrieve an item that one of those few lists. */
const ofOne = contract.operations.filter(
  ({ method, path }) =>
    method === 'GET' &&
    few.some((list) => /^\/\{[^{}]+\}$/.test(path.slice(list.path.length)) && path.startsWith(list.path)),
);

test.each(['new logs all the time, while old ones expire', 'a replica that is behind'])(
  '%s: an item that was listed may be gone, or not be everywhere yet',
  async (name) => {
    const { violations, incomplete } = await checkIn(weathers[name] ?? {}, 101, ofOne);
    expect(violations).toEqual([]);
    expect(incomplete).toBeUndefined();
  },
);
