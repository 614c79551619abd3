import { expect, test } from 'vitest';
import { FunctionToken } from './function-token.js';

/** A token source whose asks are answered by hand. */
function asked(timeout?: number) {
  const asks: { rejected: string | undefined; give: (token: string) => void }[] = [];
  const source = new FunctionToken(
    ({ rejected }) => new Promise((give) => asks.push({ rejected, give })),
    timeout,
  );
  return { source, asks };
}

test('a token is refused while an older ask waits: the next one is asked anew, once for all', async () => {
  const { source, asks } = asked();
  const older = source.token();
  source.reject('old');
  const next = source.token();
  asks[0]?.give('old');
  expect(await older).toBe('old');
  source.reject('old');
  const shared = source.token();
  asks[1]?.give('new');
  expect(await Promise.all([next, shared])).toEqual(['new', 'new']);
  expect(asks.map(({ rejected }) => rejected)).toEqual([undefined, 'old']);
});

test('a refused token is told until another one is given', async () => {
  const told: (string | undefined)[] = [];
  const tokens = ['old', 'old', 'new', 'new'];
  const source = new FunctionToken(({ rejected }) => {
    told.push(rejected);
    return tokens.shift() ?? '';
  });
  await source.token();
  source.reject('old');
  for (let count = 0; count < 3; count++) await source.token();
  expect(told).toEqual([undefined, 'old', 'old', undefined]);
});

test('an ask that nobody answers is shared until its time is over, and no longer', async () => {
  const { source, asks } = asked(50);
  const never = source.token();
  expect(source.token()).toBe(never);
  await new Promise((resolve) => setTimeout(resolve, 60));
  const next = source.token();
  expect(source.token()).toBe(next);
  asks[1]?.give('new');
  expect(await next).toBe('new');
  expect(asks).toHaveLength(2);
});
