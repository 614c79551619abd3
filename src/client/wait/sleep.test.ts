import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { sleep } from './abort.js';

test('a wait that is aborted rejects with the reason at once, and leaves no listener', async () => {
  const controller = new AbortController();
  const waits = [1, 2, 3].map(() => sleep(60_000, controller.signal));
  controller.abort(new Error('enough'));
  for (const wait of waits) await expect(wait).rejects.toThrow('enough');
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});
