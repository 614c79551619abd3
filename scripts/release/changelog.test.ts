import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../root.js';
import { noteOf, released } from './changelog.js';

const BEFORE =
  '# Changelog\n\n## Unreleased\n\n### Added\n\n- One thing.\n\n## 0.1.0 (2026-01-01)\n\n- All.\n';

test('what is unreleased gets the version and the day, and a new heading stands above it', () => {
  expect(released(BEFORE, '0.2.0', '2026-12-01')).toBe(
    '# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n### Added\n\n- One thing.\n\n## 0.1.0 (2026-01-01)\n\n- All.\n',
  );
});

test('what changesets say is added once, and a second line of it stays in its item', () => {
  const notes = ['One thing.', 'Another.\n\nIn detail.'];
  expect(released(BEFORE, '0.2.0', '2026-12-01', notes)).toContain(
    '- One thing.\n\n### From the changesets\n\n- Another.\n  \n  In detail.\n\n## 0.1.0',
  );
});

test('a changelog without the heading is refused', () => {
  expect(() => released('# Changelog\n', '1.0.0', '2026-12-01')).toThrow(/add it above the last release/);
});

test('the changelog of the project can be released', async () => {
  const text = await readFile(join(ROOT, 'CHANGELOG.md'), 'utf8');
  expect(released(text, '0.2.0', '2026-12-01')).toContain('## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n### ');
});

test('the note of a changeset is its text, without the version that it asks for', () => {
  expect(noteOf("---\n'ev-energy-client': minor\n---\n\nSomething new.\n")).toBe('Something new.');
});
