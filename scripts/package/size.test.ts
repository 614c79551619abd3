import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { BUDGET, bundleSize, overweight, PROGRAM, VALIDATING, type Weights, weigh } from './size.js';

let weights: Weights;
beforeAll(async () => {
  weights = await weigh(PROGRAM, VALIDATING, ROOT);
});

describe('the size budget', () => {
  it('is kept by the client', () => {
    expect(weights.first).toBeGreaterThan(1_000);
    expect(overweight(weights, BUDGET)).toEqual([]);
  });

  it('fires when there is more to load at first', async () => {
    const size = await bundleSize(`${PROGRAM}\nexport * as yaml from 'yaml';`, ROOT);
    expect(size.first - weights.first).toBeGreaterThan(10_000);
    expect(overweight({ ...weights, first: size.first }, BUDGET)).toEqual([
      expect.stringMatching(/^loaded at first: \d+ bytes min\+gzip are \d+ over the budget of \d+$/),
    ]);
  });

  it('counts what is loaded late in the one file, and not as loaded at first', async () => {
    const size = await bundleSize(`${PROGRAM}\nexport const yaml = () => import('yaml');`, ROOT);
    expect(size.first - weights.first).toBeLessThan(500);
    expect(size.whole - weights.whole).toBeGreaterThan(10_000);
  });

  it('counts a chunk that is loaded both late and at first as loaded at first', async () => {
    const program = "export { parse } from 'yaml';\nexport const late = () => import('yaml');";
    expect((await bundleSize(program, ROOT)).first).toBeGreaterThan(10_000);
  });
});
