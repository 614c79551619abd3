import { afterEach, expect, test } from 'vitest';
import { onAbort } from './abort.js';

const warnings: Error[] = [];
const record = (warning: Error) => warnings.push(warning);
process.on('warning', record);
afterEach(() => process.off('warning', record));

test('everyone who waits is told, and whoever has let go is not', () => {
  const controller = new AbortController();
  const told: number[] = [];
  const releases = [1, 2, 3].map((name) => onAbort(controller.signal, () => told.push(name)));
  releases[1]?.();
  controller.abort();
  expect(told).toEqual([1, 3]);
});

test('many who wait for one signal are no leak', async () => {
  const { signal } = new AbortController();
  for (let count = 0; count < 100; count += 1) onAbort(signal, () => {});
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings.filter(({ name }) => name === 'MaxListenersExceededWarning')).toEqual([]);
});
