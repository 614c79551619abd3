import { expect, test } from 'vitest';
import { DAY, textOf, timeOf } from '../collection/time.js';
import { coveredAfter, cutWindows, widthFor } from './window.js';

const at = (day: number) => timeOf('day', '2026-06-01') + (day - 1) * DAY;
const from = (first: number, last: number) => ({ from: at(first), until: at(last) });

/** The windows as parent and days of June. */
const days = (windows: readonly { parent: readonly string[]; from: string; until: string }[]) =>
  windows.map((window) => `${window.parent} ${window.from.slice(8, 10)}-${window.until.slice(8, 10)}`);

test('The windows of all parents for one stretch come before those of the next, so that none waits for another', () => {
  const parents = ['a', 'b', 'c'].map((name) => ({ parent: [name], covered: [] }));
  // Windows begin and end on a grid of even days here, whatever the ends of the whole.
  const bounds = { since: at(3), until: at(7), width: 2 * DAY, overlap: 0 };
  expect(days(cutWindows(parents, bounds))).toEqual(
    ['03-04', '04-06', '06-07'].flatMap((stretch) => ['a', 'b', 'c'].map((name) => `${name} ${stretch}`)),
  );
});

test.each([
  ['nothing', [], ['a 05-20']],
  ['all', [from(1, 25)], []],
  ['the beginning', [from(1, 10)], ['a 09-20']],
  ['the end', [from(10, 20)], ['a 05-10']],
  ['the middle', [from(8, 10)], ['a 05-08', 'a 09-20']],
  ['two stretches', [from(1, 8), from(12, 14)], ['a 07-12', 'a 13-20']],
  ['what is before', [from(1, 3)], ['a 05-20']],
  ['what is after', [from(22, 25)], ['a 05-20']],
])(
  'Of days 5 to 20, where %s is covered, the rest is missing, and a day before each end for what came late',
  (_, covered, missing) => {
    const bounds = { since: at(5), until: at(20), width: 1_000 * DAY, overlap: DAY };
    expect(days(cutWindows([{ parent: ['a'], covered }], bounds))).toEqual(missing);
  },
);

test('What is covered grows together where it touches, and keeps its gaps', () => {
  const after = (before: { from: number; until: number }[], first: number, last: number) =>
    coveredAfter(before, { since: at(first), until: at(last) });
  expect(after([], 5, 8)).toEqual([from(5, 8)]);
  expect(after([from(1, 5)], 5, 8)).toEqual([from(1, 8)]);
  expect(after([from(1, 9)], 5, 8)).toEqual([from(1, 9)]);
  expect(after([from(10, 12), from(14, 15)], 5, 8)).toEqual([from(5, 8), from(10, 12), from(14, 15)]);
  expect(after([from(1, 3), from(6, 7), from(10, 12)], 2, 10)).toEqual([from(1, 12)]);
  expect(textOf(at(5))).toBe('2026-06-05T00:00:00.000000Z');
});

test('Many parents have a window each, however long ago an export begins, and few have several', () => {
  const windows = (parents: number, first: number, last: number) => {
    const bounds = { since: at(first), until: at(last) };
    const all = Array.from({ length: parents }, (_, index) => ({ parent: [`${index}`], covered: [] }));
    return cutWindows(all, { ...bounds, width: widthFor(parents, bounds), overlap: 0 }).length;
  };
  expect(windows(500, -4_000, 20)).toBe(500);
  expect(windows(64, 1, 30)).toBe(64);
  expect(windows(1, -4_000, 20)).toBeGreaterThan(32);
  expect(windows(1, -4_000, 20)).toBeLessThan(70);
  expect(windows(10, -4_000, 20)).toBeLessThan(90);
  expect(windows(1, 2, 8)).toBeLessThan(3);
});
