import { expect, test } from 'vitest';
import { abortable } from './abort.js';

test('a promise that fails after the signal has aborted is no unhandled rejection', async () => {
  const unhandled: unknown[] = [];
  const record = (reason: unknown) => unhandled.push(reason);
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', record);
  try {
    const signal = AbortSignal.abort(new Error('stopped'));
    const failing = new Promise<never>((_, reject) => setImmediate(() => reject(new Error('late'))));
    await expect(abortable(failing, signal)).rejects.toThrow('stopped');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', record);
    for (const listener of others) process.on('unhandledRejection', listener);
  }
});
