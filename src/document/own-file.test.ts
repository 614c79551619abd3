import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/root.js';
import { ownFile } from './own-file.js';

test('the file that is asked tells its own path, and leaves the stacks of errors as they were', () => {
  const before = new Error('before').stack;
  expect(ownFile()).toBe(join(ROOT, 'src/document/own-file.ts'));
  expect(existsSync(ownFile())).toBe(true);
  expect(typeof before).toBe('string');
  expect(typeof new Error('after').stack).toBe('string');
});

test("no file of the package has import.meta, which CommonJS can't read", () => {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => /(?<!\.test|\.test-d)\.ts$/.test(file));
  expect(sources.length).toBeGreaterThan(300);
  // In code, not in a comment.
  const code = (file: string) =>
    readFileSync(join(ROOT, 'src', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  expect(sources.filter((file) => code(file).includes('import.meta'))).toEqual([]);
});
