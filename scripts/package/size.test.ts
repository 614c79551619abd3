import { describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { BUDGET, bundleSize, overweight, PROGRAM } from './size.js';

describe('the size budget', () => {
  it('is kept by the client', async () => {
    const size = await bundleSize(PROGRAM, ROOT);
    expect(size.core).toBeGreaterThan(1_000);
    expect(overweight(size, BUDGET)).toEqual([]);
  });

  it('fires when the core grows', async () => {
    const size = await bundleSize(`${PROGRAM}\nexport * as yaml from 'yaml';`, ROOT);
    // A bundle that is cut otherwise weighs a little more or less.
    expect(overweight(size, { ...BUDGET, lazy: size.lazy })).toEqual([
      expect.stringMatching(/^core: \d+ bytes min\+gzip are \d+ over the budget of \d+$/),
    ]);
  });

  it('counts what is loaded when needed apart', async () => {
    const [plain, lazy] = await Promise.all([
      bundleSize(PROGRAM, ROOT),
      bundleSize(`${PROGRAM}\nexport const yaml = () => import('yaml');`, ROOT),
    ]);
    expect(lazy.core - plain.core).toBeLessThan(500);
    // The import itself weighs a few bytes, which may be more than the core has left.
    expect(overweight(lazy, { ...BUDGET, core: lazy.core })).toEqual([expect.stringMatching(/^lazy: /)]);
  });
});
