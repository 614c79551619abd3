import { expect, test } from 'vitest';
import { progress } from './progress.js';

/** What is written while twenty steps are taken. */
function written(isTTY: boolean, least?: number): string {
  let text = '';
  const write = (more: string) => {
    text += more;
    return true;
  };
  const bar = progress({ isTTY, write }, least);
  for (let done = 0; done < 20; done += 1)
    bar.onStep({ done, total: 20, name: 'probes', operation: `get-${done}` });
  bar.end();
  return text;
}

test('In a log a line comes at each tenth', () => {
  expect(written(false)).toMatch(/^0\/20 steps done\n2\/20 steps done\n4\/20 /);
});

test('In a log of a run with few steps nothing is said', () => {
  expect(written(false, 21)).toBe('');
  expect(written(false, 20)).toBe(written(false));
});

test('On a terminal each step is shown, and nothing stays', () => {
  const text = written(true, 21);
  expect(text).toMatch(/^\r1\/20 {2}probes {2}get-0\r2\/20 /);
  expect(text).toMatch(/\r +\r$/);
});
