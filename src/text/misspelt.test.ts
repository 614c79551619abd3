import { expect, test } from 'vitest';
import { misspelt } from './misspelt.js';

const NAMES = {
  email: null,
  created_at: false,
  updated_on: null,
  last_used_at: null,
  groups: null,
  home: { postal_code: null, city: null, rooms: { floor: null } },
} as const;

test.each([
  ['a letter too many', { emaill: 1 }, /^emaill: is not a member .*did you mean email\?$/],
  ['the names of JavaScript', { home: { postalCode: 1 } }, /^home\.postalCode: .* postal_code\?$/],
  [
    'in an item of a list',
    { home: { rooms: [{ floor: 1 }, { flor: 1 }] } },
    /^home\.rooms\.flor: .* floor\?$/,
  ],
  ['in one of many', [{ email: 1 }, { emial: 1 }], /^emial: .* email\?$/],
])('A misspelt member is found: %s', (_, value, message) => {
  expect(misspelt(value, NAMES)).toMatch(message);
});

test.each([
  ['all is known', { email: 1, home: { city: 1, rooms: [] } }],
  ['a newer member than the names', { nickname: 1, home: { country: 1 } }],
  ['the similar one is there too', { email: 1, emails: 1 }],
  ['what is similar is read alone', { createdat: 1 }],
  ['what is read alone is sent back', { created_at: 1 }],
  ['any name may stand there', { groups: { eamil: 1, email: 1 } }],
  ['another kind of value', { home: 'here', email: null }],
  ['the names that every object has', { constructor: 1, toString: 1 }],
  ['a name is longer than any', { ['email'.repeat(1e5)]: 1 }],
  [
    'there are more unknown names than anybody mistypes',
    Object.fromEntries([...Array(2e4)].map((_, at) => [`${at}.`.repeat(9), 1])),
  ],
  ['lists are nested without end', JSON.parse('['.repeat(1e5) + ']'.repeat(1e5))],
  ['no object', 'emial'],
  ['nothing', undefined],
])('Nothing is said where %s', (_, value) => {
  expect(misspelt(value, NAMES)).toBeUndefined();
});

test('No name is suggested where none is known', () => {
  expect(misspelt({ emial: 1 }, undefined)).toBeUndefined();
});
