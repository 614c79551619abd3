import { inspect } from 'node:util';
import { expect } from 'vitest';
import { EvEnergyError } from '../../src/index.js';

/** Checks that a large answer doesn't make the outcome larger: one of our errors, or findings up to their limit. */
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
