import { expect, test } from 'vitest';
import type { Operation } from '../../document/index.js';
import { comparisonText } from './compare.js';

/** A comparison as a terminal of that width shows it. */
function shown(width: number): string[] {
  const operation = { method: 'GET', path: '/shelves/{shelf_id}/books/{book_id}/chapters' } as Operation;
  const where = 'body /*/author/address/street_and_number';
  const comparison = {
    differences: [
      { operation, asked: 'page_size=100, expand=author', where, a: 'integer', b: 'string or null' },
    ],
    compared: 3,
    uncompared: [
      { operation, reason: 'the budget of 31 requests is spent (--max-requests), as was to be expected' },
    ],
    incomplete: 'the budget of 31 requests is spent (--max-requests), as was to be expected',
  };
  const servers = [{ baseUrl: 'http://a/v2' }, { baseUrl: 'http://b/v2' }] as const;
  return comparisonText(comparison, servers, { paint: (_, text) => text, width }).split('\n');
}

test('Two servers are compared in the full width of the terminal', () => {
  expect(shown(120).join('\n')).toContain('body /*/author/address/street_and_number ');
  expect(Math.max(...shown(120).map(({ length }) => length))).toBeGreaterThan(80);
});

test.each([40, 60])('Where it is narrow, nothing is wider, and what goes on is indented: %i', (width) => {
  const lines = shown(width);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
  expect(lines.filter((line) => /^ {2}\S/.test(line)).length).toBeGreaterThan(2);
  expect(lines.filter((line) => /^\(/.test(line))).toEqual([]);
});
