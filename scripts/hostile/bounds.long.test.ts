import { describe, it } from 'vitest';
import { expectBounded } from './bounded.js';
import { GROWING } from './sizes.js';

describe.each([120_000, 1_200_000])('of %i characters what is shown is bounded', (size) => {
  it.each(GROWING)('%s', async (_, act) => expectBounded(await act(size)));
});
