import { expect, test } from 'vitest';
import { nearest } from './nearest.js';

const NAMES = ['root', 'evses', 'list', 'evse-makes', 'get', 'status-logs', 'status'];

test.each([
  ['evse', 'evses'],
  ['lsit', 'list'],
  ['lis', 'list'],
  ['evse-mkaes', 'evse-makes'],
  ['evse-m', 'evse-makes'],
  ['satus', 'status'],
  ['foo', undefined],
  ['post', undefined],
  ['set', 'get'],
  ['', undefined],
  ['something-else', undefined],
])('where %j was written, %j is what was meant', (written, meant) => {
  expect(nearest(written, NAMES)).toBe(meant);
});
