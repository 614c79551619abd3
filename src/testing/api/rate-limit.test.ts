import { expect, test } from 'vitest';
import { RollingHour } from './rate-limit.js';

test('a long run forgets what lies an hour behind', () => {
  let now = 0;
  const limiter = new RollingHour({ limit: 2000 }, () => now);
  const caller = { clientId: 'a', scopes: [], bucket: 'a' };
  // One request every 2 seconds are 1800 an hour: the limit is never reached.
  for (let count = 0; count < 20_000; count += 1) {
    limiter.take(caller);
    now += 2000;
  }
  expect(limiter.peek(caller)).toEqual({ limit: 2000, remaining: 2000 - 1799 });
  limiter.reset();
  expect(limiter.peek(caller).remaining).toBe(2000);
});
