import { expect, test } from 'vitest';
import { loadContract } from '../src/contract/index.js';
import { vendoredDocument } from '../src/document/index.js';
import { checkChanged, rules } from './kit.js';

test.each([1, 2, 3])(
  'no generated value makes the fake break the vendored document (seed %i)',
  async (seed) => {
    const { document } = await loadContract(vendoredDocument());
    const { violations, fuzzed } = await checkChanged(
      { document },
      { rules, fuzz: { requests: 1500, seed } },
    );
    expect(violations).toEqual([]);
    expect(fuzzed?.sent).toBeGreaterThan(1000);
  },
);
