import { expect, it } from 'vitest';
import { Pauses } from './pauses.js';

/** Work of so many milliseconds that waits for nothing. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

it('long work lets waiting events run in between, and one of them may end it', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('interrupted')));
  const pauses = new Pauses(controller.signal);
  const all = async () => {
    for (let turn = 0; turn < 100; turn++) {
      work(5);
      await pauses.pause();
    }
  };
  await expect(all()).rejects.toThrow('interrupted');
});

it('short work goes on without a pause', async () => {
  let isFirst = true;
  setImmediate(() => {
    isFirst = false;
  });
  await new Pauses().pause();
  expect(isFirst).toBe(true);
});
