import { expect, it } from 'vitest';
import type { Change } from '../types.js';
import { renderText } from './text.js';

const change = (message: string, methods = ['things.list', 'things.retrieve']): Change => ({
  impact: 'breaking',
  message,
  pointer: '#',
  methods,
  types: [],
});

const report = (changes: Change[]) => ({
  base: 'old.yaml',
  revision: 'new.yaml',
  changes,
  bump: { kind: 'minor' as const, version: '0.2.0', reason: 'there are breaking changes' },
});

const many = Array.from({ length: 30 }, (_, index) => change(`Field ${index}: removed`));

it('the text of spec diff tells the changes of one thing in one line, unless they affect other methods', () => {
  const text = renderText(
    report([
      change('Header Limit: type "integer" → "number"'),
      change('Header Limit: minimum 0 removed'),
      change('Header Left: minimum 0 removed'),
      change('Header Left: maximum 9 removed', ['things.list']),
      ...many,
    ]),
  );
  expect(text).toContain('\n  - Header Limit: type "integer" → "number", minimum 0 removed (2 methods)\n');
  expect(text).toContain('\n  - Header Left: minimum 0 removed (2 methods)\n');
  expect(text.match(/^ {2}- /gm)).toHaveLength(8);
  expect(text).toContain('\n  … and 25 more\n');
});

it('the text of spec diff tells every change with what shows it where all are asked for', () => {
  const text = renderText(report(many), { all: true });
  expect(text.match(/^ {2}- /gm)).toHaveLength(30);
  expect(text).not.toContain(' more\n');
});

it('the text of spec diff begins a new line where one gets too long', () => {
  const long = Array.from({ length: 30 }, (_, index) => change(`Header Limit: ${index} ${'x'.repeat(40)}`));
  for (const line of renderText(report(long)).split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});
