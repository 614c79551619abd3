import { expect, test } from 'vitest';
import { patched, unequal } from './difference.js';

const BEFORE = { name: 'Ada', groups: { news: true, offers: false, deep: { a: 1, b: 2 } } };
const SENT = { groups: { news: false, deep: { a: 3 } } };

function wrong(shown: Record<string, unknown>): (string | undefined)[] {
  const { groups } = shown as typeof BEFORE;
  return unequal(patched(BEFORE, SENT, { groups }), { groups }, ['groups'], 'as sent').map(
    ({ where }) => where,
  );
}

test.each([
  ['adds to the former one', { news: false, offers: false, deep: { a: 3, b: 2 } }],
  ['replaces the former one', { news: false, deep: { a: 3 } }],
  ['adds, and replaces what is in it', { news: false, offers: false, deep: { a: 3 } }],
])('an object in a PATCH %s', (_, groups) => {
  expect(wrong({ groups })).toEqual([]);
});

test.each([
  ['is not kept', { news: true, offers: false, deep: { a: 3, b: 2 } }, 'body /groups/news'],
  ['changes what it does not name', { news: false, offers: true, deep: { a: 3 } }, 'body /groups/offers'],
  ['gains a member', { news: false, deep: { a: 3 }, more: 1 }, 'body /groups/more'],
  ['loses a member', { offers: false, deep: { a: 3, b: 2 } }, 'body /groups/news'],
])('an object in a PATCH that %s is told', (_, groups, where) => {
  expect(wrong({ groups })).toEqual([where]);
});
