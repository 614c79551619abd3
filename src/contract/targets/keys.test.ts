import { expect, test } from 'vitest';
import { readKeys } from './keys.js';

test("a target's own key wins, then that of the scheme, then the one for all", () => {
  const environment = {
    EV_ENERGY_API_KEY: 'any',
    EV_ENERGY_API_KEY_PARTNER_KEY: 'partner',
    EV_ENERGY_LIVE_API_KEY: 'live',
  };
  expect(readKeys('staging', environment).key('x')).toBe('any');
  expect(readKeys('staging', environment).key('partner-key')).toBe('partner');
  expect(readKeys('live', environment).key('x')).toBe('live');
});

test('keys and passwords are secrets, also as a header carries them', () => {
  const environment = { EV_ENERGY_API_KEY_A: 'key-a', EV_ENERGY_USERNAME: 'u', EV_ENERGY_PASSWORD: 'pass' };
  expect(readKeys('live', environment).secrets).toEqual(['key-a', 'pass', 'dTpwYXNz']);
});

test('a user name without its password is refused, and the missing one named', () => {
  expect(() => readKeys('live', { EV_ENERGY_USERNAME: 'u' })).toThrow('EV_ENERGY_PASSWORD');
});
