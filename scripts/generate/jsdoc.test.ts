import { describe, expect, it } from 'vitest';
import { jsdoc } from './jsdoc.js';

describe('jsdoc', () => {
  it('keeps a short text on one line', () => {
    expect(jsdoc(['Short.'], '  ')).toBe('  /** Short. */\n');
  });

  it('parts paragraphs, and keeps tags together', () => {
    expect(jsdoc(['A.', 'B.', '@param a The a.', '@throws {Error} 400: bad'])).toBe(
      '/**\n * A.\n *\n * B.\n *\n * @param a The a.\n * @throws {Error} 400: bad\n */\n',
    );
  });

  it('keeps tags together after one that is wrapped', () => {
    const text = jsdoc([`@param a ${'word '.repeat(40)}`, '@throws {Error} 400: bad']);
    expect(text).toMatch(/^ \* {3}word .*\n \* @throws/m);
  });

  it('never lets text close the comment', () => {
    expect(jsdoc(['Accepts */* and more.']).match(/\*\//g)).toHaveLength(1);
  });

  it('keeps the items of a list apart', () => {
    expect(jsdoc(['One of:\n- a\n- b'])).toBe('/**\n * One of:\n * - a\n * - b\n */\n');
  });

  it('wraps at the width of the project', () => {
    const lines = jsdoc([`${'word '.repeat(60)}`], '  ').split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  it('is empty without text', () => {
    expect(jsdoc([undefined, ' '])).toBe('');
  });
});
