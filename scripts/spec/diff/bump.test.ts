import { expect, it } from 'vitest';
import { proposeBump } from './bump.js';
import type { Change, Impact } from './types.js';

const change = (impact: Impact): Change => ({ impact, message: '', pointer: '#', methods: [], types: [] });

it.each<[Impact[], string, string, string]>([
  [[], '0.1.3', 'none', '0.1.3'],
  [['editorial'], '0.1.3', 'patch', '0.1.4'],
  [['compatible', 'editorial'], '0.1.3', 'patch', '0.1.4'],
  [['compatible', 'breaking'], '0.1.3', 'minor', '0.2.0'],
  [[], '2.3.4', 'none', '2.3.4'],
  [['editorial'], '2.3.4', 'patch', '2.3.5'],
  [['compatible'], '2.3.4', 'minor', '2.4.0'],
  [['breaking'], '2.3.4', 'major', '3.0.0'],
  [['breaking'], '0.1.3-beta.1', 'minor', '0.2.0'],
])('after %j, %s is followed by a %s version: %s', (impacts, current, kind, version) => {
  expect(proposeBump(impacts.map(change), current)).toMatchObject({ kind, version });
});
