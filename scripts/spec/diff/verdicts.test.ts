import { expect, it } from 'vitest';
import { proveVerdicts } from '../fixtures/prove-verdicts.js';

const SEED = 20_260_801;
const RUNS = 30;

it(`a changed request body breaks if, and only if, a request shows it (seed ${SEED})`, async () => {
  const tally = await proveVerdicts('sent', { seed: SEED, numRuns: RUNS });
  expect(tally.breaking).toBeGreaterThan(5);
  expect(tally.compatible).toBeGreaterThan(5);
  expect(tally.byRule).toBeLessThan(tally.breaking);
});

it(`a changed answer breaks if, and only if, an answer shows it (seed ${SEED})`, async () => {
  const tally = await proveVerdicts('received', { seed: SEED, numRuns: RUNS });
  expect(tally.breaking).toBeGreaterThan(5);
  expect(tally.compatible).toBeGreaterThan(5);
  expect(tally.byRule).toBeLessThan(tally.breaking);
});
