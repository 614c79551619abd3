import { expect, test } from 'vitest';
import { checkChanged } from './kit.js';
import { variations } from './variations.js';

test('there are enough allowed variations to call a suite quiet', () => {
  expect(variations.length).toBeGreaterThanOrEqual(10);
});

for (const [name, change, expected = []] of variations) {
  test(name, async () => {
    const { violations, notes } = await checkChanged(change);
    expect(violations).toEqual([]);
    expect([...new Set(notes.map(({ rule }) => rule))].sort()).toEqual([...expected].sort());
  });
}

test('with strict, a variation that is else a note is a violation', async () => {
  const [, change] = variations[0] ?? [];
  const { violations, notes } = await checkChanged(change ?? {}, { strict: true });
  expect(new Set(violations.map(({ rule }) => rule))).toEqual(new Set(['unknown-fields']));
  expect(notes).toEqual([]);
});
