import { expect, test, vi } from 'vitest';
import { lazy } from './lazy.js';

test('loads once, and then gives without a wait', async () => {
  const load = vi.fn(async () => ({ a: 1 }));
  const get = lazy(load);
  expect(load).not.toHaveBeenCalled();
  const [one, two] = await Promise.all([get(), get()]);
  expect(one).toBe(two);
  expect(get()).toBe(one);
  expect(load).toHaveBeenCalledTimes(1);
});

test('tries again after a failure', async () => {
  const load = vi.fn(async () => ({ a: 1 }));
  load.mockRejectedValueOnce(new Error('offline'));
  const get = lazy(load);
  await expect(get()).rejects.toThrow('offline');
  expect(await get()).toEqual({ a: 1 });
});
