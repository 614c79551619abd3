import { expect, test } from 'vitest';
import { Budget } from '../src/contract/exchange/budget.js';
import { check } from '../src/contract/index.js';
import { HarmlessServer } from './harmless.js';
import { contract, rules } from './kit.js';
import { spelled, weathers } from './weathers.js';

const RUNS = 20;

test.each(Object.entries({ ...weathers, ...spelled }))(
  `%s: ${RUNS} runs over all operations find nothing wrong`,
  async (_, weather) => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const { target } = await HarmlessServer.start(contract, weather, seed);
      const budget = new Budget(undefined, 100);
      const fuzz = { requests: 40, seed };
      const { violations, incomplete } = await check({ contract, rules, target, budget, fuzz });
      await target.stop();
      expect(violations, `seed ${seed}`).toEqual([]);
      expect(incomplete, `seed ${seed}`).toBeUndefined();
    }
  },
  1_200_000,
);
