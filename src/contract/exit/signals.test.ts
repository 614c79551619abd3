import { afterEach, expect, test } from 'vitest';
import { endedBySignals } from './signals.js';

const others = process.rawListeners('SIGTERM');
afterEach(() => {
  process.removeAllListeners('SIGTERM');
  for (const listener of others) process.on('SIGTERM', listener as NodeJS.SignalsListener);
});

test('during work without a pause nobody listens for signals, and afterwards whoever did, as often as before', () => {
  let [once, always] = [0, 0];
  process.once('SIGTERM', () => (once += 1));
  process.on('SIGTERM', () => (always += 1));
  expect(endedBySignals(() => process.listenerCount('SIGTERM'))).toBe(0);
  expect(() =>
    endedBySignals(() => {
      throw new Error('the work fails');
    }),
  ).toThrow('the work fails');
  process.emit('SIGTERM');
  process.emit('SIGTERM');
  expect([once, always]).toEqual([1, 2]);
});
