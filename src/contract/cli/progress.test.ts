import { expect, test, vi } from 'vitest';
import { progress } from './progress.js';

/** What is written while twenty steps of a second each are taken. */
function written({ isTTY, patience }: { isTTY: boolean; patience?: number }): string {
  vi.useFakeTimers();
  try {
    let text = '';
    const write = (more: string) => {
      text += more;
      return true;
    };
    const bar = progress({ isTTY, write }, patience);
    for (let done = 0; done < 20; done += 1) {
      bar.onStep({ done, total: 20, name: 'probes', operation: `get-${done}` });
      vi.advanceTimersByTime(1_000);
    }
    bar.end();
    return text;
  } finally {
    vi.useRealTimers();
  }
}

test('In a log a line comes at each tenth', () => {
  expect(written({ isTTY: false })).toMatch(/^0\/20 steps done\n2\/20 steps done\n4\/20 /);
});

test('In a log of a quick run nothing is said, of a longer one what comes after a while', () => {
  expect(written({ isTTY: false, patience: 60_000 })).toBe('');
  expect(written({ isTTY: false, patience: 5_000 })).toMatch(/^5\/20 steps done\n7\/20 /);
});

test('On a terminal each step is shown at once, and nothing stays', () => {
  const text = written({ isTTY: true, patience: 5_000 });
  expect(text).toMatch(/^\r1\/20 {2}probes {2}get-0\r2\/20 /);
  expect(text).toMatch(/\r +\r$/);
});
