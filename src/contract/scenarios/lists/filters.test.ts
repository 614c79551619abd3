import { expect, test } from 'vitest';
import type { Exchange } from '../../model/exchange.js';
import { notAsExpected } from './filters.js';

/** Two pages of a filter; the items that it should select are a part of what was read of a longer collection. */
const walked = { exchange: {} as Exchange, name: 'a filter', field: 'colour', complete: false };

test('where a filtered walk has ended, whatever it should select has come', () => {
  const missing = { ...walked, keys: ['a', 'b'], expected: ['a', 'b', 'c'] };
  expect(notAsExpected({ ...missing, ended: true })).toHaveLength(1);
  expect(notAsExpected({ ...missing, ended: false })).toEqual([]);
});

test('what a filtered walk shows beyond the part that was read may be right', () => {
  expect(notAsExpected({ ...walked, keys: ['a', 'b', 'c'], expected: ['a', 'b'], ended: true })).toEqual([]);
});
