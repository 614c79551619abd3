import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Budget } from '../src/contract/exchange/budget.js';
import { check } from '../src/contract/index.js';
import { acceptedDeviations, acceptedFile, readAccepted } from '../src/contract/run/accepted-file.js';
import { mockTarget } from '../src/contract/targets/mock/mock.js';
import { checkChanged, contract, few, header, rules } from './kit.js';
import { regressions } from './regressions.js';
import { run } from './terminal.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-accepted-'));
});
afterAll(() => rm(folder, { recursive: true }));

const known = { rules: rules.map(({ id }) => id), operations: contract.operations.map(({ id }) => id) };
const entry = (fields: object) => ({
  rule: 'version-echoed',
  operation: 'get-evse_makes',
  reason: 'Known.',
  expires: '2999-12-31',
  at: 'accepted.yaml:1',
  ...fields,
});
const versionThree = header('EvEnergy-Version', '3');

test('an accepted deviation is no violation, others of the rule still are', async () => {
  const { violations, accepted, verdicts } = await checkChanged(versionThree, { accepted: [entry({})] });
  expect(accepted.length).toBeGreaterThan(10);
  const operations = violations
    .filter(({ rule }) => rule === 'version-echoed')
    .map(({ operation }) => operation);
  expect(operations).toContain('get-evse_makes-evse_make_id');
  expect(operations).toContain('get-evses-evse_id-status_logs');
  expect(operations).not.toContain('get-evse_makes');
  const verdict = verdicts.find(
    ({ rule, operation }) => rule === 'version-echoed' && operation === 'get-evse_makes',
  );
  expect(verdict?.state).toBe('accepted');
});

test('an accepted deviation that names no operation is accepted in all of them', async () => {
  const { operation: _, ...all } = entry({});
  const { violations, accepted } = await checkChanged(versionThree, { accepted: [all] });
  expect(violations.filter(({ rule }) => rule === 'version-echoed')).toEqual([]);
  expect(accepted.length).toBeGreaterThan(100);
});

test('an accepted deviation past its date is itself a violation, and accepts nothing', async () => {
  const { violations, accepted } = await checkChanged(versionThree, {
    accepted: [entry({ expires: '2020-01-01' })],
  });
  expect(accepted).toEqual([]);
  expect(violations.filter(({ rule }) => rule === 'accepted-deviation')).toMatchObject([
    { where: 'accepted.yaml:1', expected: 'an entry that is in date', operation: 'get-evse_makes' },
  ]);
  expect(violations.length).toBeGreaterThan(100);
});

test('an accepted deviation that no longer occurs is itself a violation', async () => {
  const { violations } = await checkChanged({}, { accepted: [entry({})] });
  expect(violations).toMatchObject([
    { rule: 'accepted-deviation', found: 'none: the entry can be taken out' },
  ]);
});

test('an accepted deviation from a rule that had no answer to look at is not reported', async () => {
  const { violations } = await checkChanged({}, { accepted: [entry({ rule: 'retry-after' })] });
  expect(violations).toEqual([]);
});

const RETRIEVE = 'get-evse_makes-evse_make_id';

test('an accepted deviation from a rule that has nothing to look at in its operation is itself a violation', async () => {
  const accepted = [
    entry({ rule: 'walk-order', operation: RETRIEVE }),
    entry({ rule: 'expand-only' }),
    entry({ rule: 'no-token' }),
    entry({ rule: 'token-issued' }),
  ];
  const { violations } = await checkChanged({}, { accepted });
  expect(violations).toMatchObject([
    {
      rule: 'accepted-deviation',
      operation: RETRIEVE,
      expected: 'a violation of walk-order',
      found: 'none: the operation is not paged, so the entry can be taken out',
    },
    { found: 'none: the operation has no expansions, so the entry can be taken out' },
    { found: 'none: the operation is public, so the entry can be taken out' },
    { found: 'none: the rule is about the server as a whole, so the entry can be taken out' },
  ]);
});

test('an accepted deviation of all operations is a violation when its rule has nothing to look at in any of them', async () => {
  const { operation: _, ...all } = entry({ rule: 'malformed-body' });
  const reading = contract.operations.filter(({ method }) => method === 'GET').slice(0, 2);
  const some = await checkChanged({ operations: reading.map(({ id }) => id) }, { accepted: [all] });
  expect(some.violations).toEqual([]);
  const onlyReading = { ...contract, operations: reading };
  const every = await checkChanged({}, { accepted: [all], contract: onlyReading, operations: reading });
  expect(every.violations).toMatchObject([{ rule: 'accepted-deviation', operation: undefined }]);
});

test('an accepted deviation of the server as a whole is a violation when it no longer occurs', async () => {
  const { operation: _, ...server } = entry({ rule: 'token-issued' });
  const { violations } = await checkChanged({}, { accepted: [server] });
  expect(violations).toMatchObject([
    { rule: 'accepted-deviation', found: 'none: the entry can be taken out' },
  ]);
});

test('an accepted deviation stays where the run could not look', async () => {
  const accepted = [
    entry({ rule: 'walk-order', operation: RETRIEVE }),
    entry({ rule: 'walk-order', operation: 'get-evse_makes' }),
  ];
  // Spent before the operation is asked for.
  const short = await checkChanged({}, { accepted, budget: new Budget(1) });
  expect(short.violations).toEqual([]);
  // Not of this run.
  const other = await checkChanged({ operations: ['get-evse_makes'] }, { accepted: accepted.slice(0, 1) });
  expect(other.violations).toEqual([]);
  // A mock keeps no state, so that the rule says nothing of it.
  const target = await mockTarget(contract);
  const operations = few;
  const mock = await check({ contract, rules, target, operations, accepted }).finally(target.stop);
  expect(mock.violations).toEqual([]);
});

test.each([
  ['rule: nothing, reason: x, expires: "2999-01-01"', /:1: rule: 'nothing' is not a rule/],
  ['rule: walk-once, operation: x, reason: x, expires: "2999-01-01"', /operation: 'x' is not an operation/],
  ['rule: walk-once, expires: "2999-01-01"', /reason: say why/],
  ['rule: walk-once, reason: x, expires: soon', /expires: a date is needed/],
  ['rule: walk-once, reason: x, expires: "2027-02-30"', /expires: .* not '2027-02-30'/],
  ['rule: walk-once, reason: x, expires: "2027-13-01"', /expires: a date is needed/],
  ['rule: walk-once, reason: x', /expires: a date is needed/],
  ['rule: walk-once, reasn: x, expires: "2999-01-01"', /'reasn' is not a field/],
])('a mistake in a file of accepted deviations is named: %s', async (fields, message) => {
  const file = join(folder, 'wrong.yaml');
  await writeFile(file, `- { ${fields} }\n`);
  await expect(readAccepted(file, known)).rejects.toThrow(message);
});

test.each(['', ', operation: get-evse_makes'])(
  'an accepted deviation that is listed twice is refused',
  async (operation) => {
    const [one, other] = ['one.yaml', 'other.yaml'].map((name) => join(folder, name)) as [string, string];
    const line = (rule: string) => `- { rule: ${rule}${operation}, reason: x, expires: "2999-01-01" }\n`;
    const read = (...files: string[]) => acceptedDeviations(files, contract, rules);
    const twice = `walk-once${operation && ' for get-evse_makes'} is accepted in .*one.yaml:1 already: .*one of`;
    await writeFile(one, line('walk-once') + line('walk-order') + line('walk-once'));
    await expect(read(one)).rejects.toThrow(new RegExp(`one.yaml:3: ${twice}`));
    await writeFile(one, line('walk-once'));
    await writeFile(other, line('walk-order') + line('walk-once'));
    await expect(read(one, other)).rejects.toThrow(new RegExp(`other.yaml:2: ${twice}`));
    await writeFile(other, '- { rule: walk-once, operation: get-evses, reason: x, expires: "2999-01-01" }\n');
    expect(await read(one, other)).toHaveLength(2);
  },
);

test('a file of accepted deviations that holds no list, is not YAML or is not there gives one clear error', async () => {
  const file = join(folder, 'odd.yaml');
  await writeFile(file, 'rule: walk-once\n');
  await expect(readAccepted(file, known)).rejects.toThrow(/must be a list of entries/);
  await writeFile(file, '- [');
  await expect(readAccepted(file, known)).rejects.toThrow(/:1 is not YAML/);
  await expect(readAccepted(join(folder, 'none.yaml'), known)).rejects.toThrow(/can't be read/);
});

test('the file for the sandbox accepts that any id gives the same make', async () => {
  const file = acceptedFile('sandbox');
  const accepted = await readAccepted(file, known);
  expect(accepted.every(({ reason, expires }) => reason !== '' && expires > '2026-01-01')).toBe(true);
  expect(await readFile(file, 'utf8')).toContain('sandbox');
  const [, , sandbox = {}] = regressions.find(([name]) => name === 'any make id gives the first make') ?? [];
  const { violations } = await checkChanged(sandbox, {
    accepted: accepted.filter(({ rule }) => rule === 'unknown-id'),
  });
  expect(violations).toEqual([]);
});

test('--accept takes files of accepted deviations, and the name of the packaged one', async () => {
  const { code, stdout } = await run(['--target', 'fake', '--accept', 'sandbox', '--operation', RETRIEVE]);
  // The fake doesn't deviate so: the entries are no longer needed.
  expect(code).toBe(1);
  expect(stdout).toContain('accepted-deviation');
});
