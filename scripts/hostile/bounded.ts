import { inspect } from 'node:util';
import { expect } from 'vitest';
import { EvEnergyError } from '../../src/index.js';

/** What came of such an answer is no longer for it: an error of ours, or findings, no more than are told. */
export function expectBounded(outcome: unknown): void {
  if (outcome instanceof Error) {
    if (!(outcome instanceof EvEnergyError)) expect(outcome.message).toBe('never another kind of error');
    expect(outcome.message.length).toBeLessThan(6_000);
  } else if (Array.isArray(outcome)) {
    expect(outcome.length).toBeLessThan(1_000);
    for (const finding of outcome)
      expect(inspect(finding, { maxStringLength: null }).length).toBeLessThan(12_000);
  }
}
