import { expect, test } from 'vitest';
import { checkChanged } from './kit.js';
import { regressions } from './regressions.js';

/** A test for each of the chosen regressions: the rule that it breaks speaks, with those that it breaks as well. */
export function testRegressions(isChosen: (index: number) => boolean): void {
  regressions.forEach(([name, rule, change, also = []], index) => {
    if (!isChosen(index)) return;
    test(`${name}: ${rule}`, async () => {
      const { violations } = await checkChanged(change);
      const spoken = new Set(violations.map((violation) => violation.rule));
      expect([...spoken].sort(), JSON.stringify([...spoken])).toEqual([rule, ...also].sort());
    });
  });
}
