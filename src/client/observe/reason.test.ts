import { expect, test } from 'vitest';
import { reason } from './reason.js';

const refused = new Error('connect ECONNREFUSED 127.0.0.1:1');
const circle = new Error('round');
circle.cause = new Error('and round', { cause: circle });

test.each([
  ['has no cause', new Error('fetch failed'), 'fetch failed'],
  ['has a cause', new Error('fetch failed', { cause: refused }), `fetch failed (${refused.message})`],
  [
    'has a cause of its cause',
    new Error('fetch failed', { cause: new Error('no connection', { cause: refused }) }),
    `fetch failed (${refused.message})`,
  ],
  [
    'stands for several attempts to connect',
    new Error('fetch failed', { cause: new AggregateError([refused, new Error('connect ENETUNREACH')]) }),
    `fetch failed (${refused.message})`,
  ],
  [
    'has said it already',
    new Error(`no answer: ${refused.message}`, { cause: refused }),
    `no answer: ${refused.message}`,
  ],
  ['says nothing itself', new AggregateError([refused]), refused.message],
  [
    'has an innermost cause that says nothing',
    new Error('fetch failed', { cause: new Error('no connection', { cause: new Error() }) }),
    'fetch failed (no connection)',
  ],
  ['is its own cause, by way of another', circle, /^round/],
  ['is no error', 'thrown', 'thrown'],
])('the innermost reason is told of what %s', (_, error, told) => {
  expect(reason(error)).toEqual(typeof told === 'string' ? told : expect.stringMatching(told));
});
