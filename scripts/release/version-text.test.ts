import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { VERSION } from '../../src/client/version.js';
import { readPages } from '../docs/pages.js';
import { ROOT } from '../root.js';
import { NAMING, withVersion } from './version-text.js';

test.each(NAMING)('A release gives %s its version', async (file) => {
  const text = withVersion(await readFile(join(ROOT, file), 'utf8'), VERSION, '98.7.6');
  expect(text).toContain('98.7.6');
  expect(text).not.toContain(VERSION);
});

test('Only pages to which a release gives its version name a tarball', () => {
  const naming = readPages().filter(({ text }) => text.includes(`ev-energy-client-${VERSION}`));
  expect(naming.map(({ name }) => name).filter((name) => !NAMING.includes(name))).toEqual([]);
});

test('A release leaves the versions of other packages alone', () => {
  const text = `helpers@${VERSION}, Version ${VERSION} of another`;
  expect(withVersion(text, VERSION, '98.7.6')).toBe(text);
});
