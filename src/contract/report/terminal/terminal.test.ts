import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { vendoredDocument } from '../../../document/index.js';
import { redactor } from '../../exit/redactor.js';
import type { CheckResult } from '../../model/result.js';
import { rules } from '../../rules.js';
import { loadContract } from '../../schema/load-contract.js';
import { recordedTarget } from '../../targets/recorded.js';
import { terminalReport } from './terminal.js';

const contract = await loadContract(vendoredDocument());
const longest = [...contract.operations].sort((a, b) => b.path.length - a.path.length).slice(0, 5);
const [{ id, pointer } = { id: '', pointer: '' }] = longest;

const WORD = 'x'.repeat(200);
const TEXT = `${'a longer explanation of what is wrong with it, '.repeat(5)}${WORD}`;

/** A run in which the operations with the longest names have broken each rule. */
function everythingBroken(text: string): CheckResult {
  const one = { where: `body /0/${text}`, expected: text, found: JSON.stringify(text) };
  const found = rules.flatMap(({ id }) =>
    longest.map((each) => ({
      ...one,
      rule: id,
      operation: each.id,
      pointer: `${each.pointer}/responses/200`,
    })),
  );
  const entry = { rule: 'answers', operation: id, reason: text, expires: '2999-01-01', at: 'a:1' };
  return {
    contract,
    rules,
    target: { ...recordedTarget('traffic.har'), title: 'https://staging.example.com/with/a/long/path/v2' },
    operations: contract.operations,
    violations: found,
    notes: found,
    limits: found.map((one, index) => ({ ...one, limit: `${text} ${index % 2}` })),
    accepted: found.slice(0, 2).map((violation) => ({ violation, entry })),
    faults: [{ pointer: `${pointer}/parameters/12/schema`, message: text }],
    verdicts: rules.flatMap((rule, index) =>
      longest.map((each) => ({
        rule: rule.id,
        operation: each.id,
        state: (['broken', 'not-covered', 'not-applicable'] as const)[index % 3] ?? 'broken',
        reason: `${text} ${index % 7}`,
      })),
    ),
    coverage: [],
    missing: 0,
    requests: 12_345_678,
    seconds: 12_345.6,
    redact: redactor(),
  };
}

describe.each([
  ['plain', false],
  ['coloured', true],
] as const)('a %s report in a terminal', (_, colours) => {
  test.each([
    ['short', 'null'],
    ['long', TEXT],
    ['without a space', WORD],
  ])('shows violations of all rules on 80 columns, with values that are %s', (_name, text) => {
    const report = terminalReport(everythingBroken(text), { colours, verbose: true });
    const lines = stripVTControlCharacters(report).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    for (const rule of rules) {
      const shown = lines.join(' ').replace(/\s+/g, ' ');
      expect(shown).toContain(`✗ ${rule.id} ${rule.title.slice(0, 30)}`);
    }
    expect(report.includes('\u001b[')).toBe(colours);
  });
});

test('long values are cut around what is different in them, and take two lines', () => {
  const same = 'same '.repeat(60);
  const wrong = everythingBroken('null');
  const [first] = wrong.violations;
  const violations = first ? [{ ...first, expected: `"${same}this"`, found: `"${same}that"` }] : [];
  const report = terminalReport({ ...wrong, violations }, { colours: false, verbose: false });
  expect(report).toMatch(/expected +….*this"\n/);
  expect(report).toMatch(/found +….*that"\n/);
});

test('a wide terminal is used: nothing is broken or cut that fits it', () => {
  const result = everythingBroken(WORD.slice(0, 90));
  const lines = (width: number) =>
    terminalReport(result, { colours: false, verbose: false, width }).split('\n');
  const wide = lines(200);
  for (const operation of longest) {
    expect(wide.some((line) => line.startsWith(`${operation.method} ${operation.path} `))).toBe(true);
  }
  const place = `${pointer}/responses/200`;
  expect(wide.some((line) => line.includes('ev-energy-v2.yaml:') && line.includes(place))).toBe(true);
  expect(wide.filter((line) => line.length > 200)).toEqual([]);
  expect(wide.length).toBeLessThan(lines(80).length);
});
