import { expect, it } from 'vitest';
import { findChromium } from './chromium.js';

it('Chromium is the program that CHROMIUM_PATH names, else the first that is installed', () => {
  expect(findChromium(process.execPath, ['/bin/sh'])).toBe(process.execPath);
  expect(findChromium('', ['/none', '/bin/sh'])).toBe('/bin/sh');
});

it('Chromium is asked for where there is none', () => {
  expect(() => findChromium('', ['/none'])).toThrow(
    'The browser tests need Chromium: install it, or set CHROMIUM_PATH to its program',
  );
  expect(() => findChromium('/none', ['/bin/sh'])).toThrow('CHROMIUM_PATH is not a program: /none');
});
