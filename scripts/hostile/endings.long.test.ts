import { describe, it } from 'vitest';
import { ENDINGS, expectEnding } from './endings.js';

describe('a command', () => {
  it.each(ENDINGS)('ends with the documented code and without a stack: %s', expectEnding);
});
