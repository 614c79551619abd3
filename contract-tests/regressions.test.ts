import { expect, test } from 'vitest';
import { checkChanged } from './kit.js';
import { regressions } from './regressions.js';

test('there are plenty, each of its own', () => {
  expect(new Set(regressions.map(([name]) => name)).size).toBe(regressions.length);
  expect(regressions.length).toBeGreaterThanOrEqual(80);
});

for (const [name, rule, change, also = []] of regressions) {
  test(`${name}: ${rule}`, async () => {
    const { violations } = await checkChanged(change);
    const spoken = new Set(violations.map((violation) => violation.rule));
    expect([...spoken].sort(), JSON.stringify([...spoken])).toEqual([rule, ...also].sort());
  });
}
