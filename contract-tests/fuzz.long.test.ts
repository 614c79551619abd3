import { expect, test } from 'vitest';
import { loadContract } from '../src/contract/index.js';
import { vendoredDocument } from '../src/document/index.js';
import { checkChanged, rules } from './kit.js';

/** What looks at each answer: of the other rules none has to send anything here. */
const answering = rules.filter(({ id, on }) => on === 'answer' || id === 'succeeds');

test.each([1, 2, 3])(
  'no generated value makes the fake break the vendored document (seed %i)',
  async (seed) => {
    const { document } = await loadContract(vendoredDocument());
    const fuzz = { requests: 1500, seed };
    // More than the run needs: with an hour's 1000 requests it would end early.
    const change = { document, rateLimit: 100_000 };
    const { violations, fuzzed } = await checkChanged(change, { rules: answering, fuzz });
    expect(violations).toEqual([]);
    expect(fuzzed?.sent).toBeGreaterThan(1000);
  },
  600_000,
);
