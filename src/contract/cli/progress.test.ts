import { expect, test } from 'vitest';
import { Budget } from '../exchange/budget.js';
import { planWords, progress } from './progress.js';

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

test.each([
  [
    'the hour has too little',
    undefined,
    990,
    "About 3910 of these won't fit into the 890 requests that are left of this hour.\n",
  ],
  ['the hour has enough', undefined, 9990, ''],
  ['the budget has less, as was said before', 50, 990, ''],
])('What will not fit is told once it is known: %s', (_, most, remaining, told) => {
  const budget = new Budget(most, 100);
  const words = planWords(budget);
  const plan = words.plan({ operations: 154, checks: 3301, requests: 4801 });
  expect(plan.includes("won't fit")).toBe(most !== undefined);
  expect(words.hour()).toBe('');
  budget.take();
  const headers = new Headers({ 'X-RateLimit-Remaining': String(remaining) });
  budget.observe({ status: 200, headers, body: '' });
  expect(words.hour()).toBe(told);
  expect(words.hour()).toBe('');
});
