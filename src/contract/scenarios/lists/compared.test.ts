import { expect, test } from 'vitest';
import { filteredValue } from './compared.js';

test.each([
  ['tags', ['home', 'work'], undefined],
  ['tags', null, undefined],
  ['colour', 'red', 'red'],
  ['size', 7, '7'],
])('the filter %s is compared with %j as with %j', (name, value, compared) => {
  expect(filteredValue(value, name, { name })).toBe(compared);
});
