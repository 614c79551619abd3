import { expect, it } from 'vitest';
import { proveVerdicts } from '../fixtures/prove-verdicts.js';

const SEED = Date.now() % 1_000_000_000;

it.each(['sent', 'received'] as const)(
  `of 1500 changed schemas that are %s, no verdict is contradicted (seed ${SEED})`,
  {
    timeout: 1_200_000,
  },
  async (direction) => {
    const tally = await proveVerdicts(direction, { seed: SEED, numRuns: 1500 });
    expect(tally.breaking).toBeGreaterThan(100);
  },
);
