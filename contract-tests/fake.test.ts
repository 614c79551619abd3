import { beforeAll, expect, test } from 'vitest';
import type { CheckResult } from '../src/contract/index.js';
import { checkChanged, contract, few } from './kit.js';

/** All operations of the part, checked once. */
let result: CheckResult;
beforeAll(async () => {
  result = await checkChanged({ rateLimit: 100_000 }, { operations: contract.operations });
}, 120_000);

test('the fake conforms, and where its data is a sample, without a note', async () => {
  expect(result.violations).toEqual([]);
  expect((await checkChanged({})).notes).toEqual([]);
  expect(result.verdicts.filter(({ state }) => state === 'not-covered')).toEqual([]);
});

test(`the whole suite stays within 220 requests for ${few.length} operations`, async () => {
  const { requests } = await checkChanged({});
  expect(requests).toBeGreaterThan(100);
  expect(requests).toBeLessThanOrEqual(220);
});

test('all parameters, expansions and reachable statuses are met', () => {
  const { coverage } = result;
  expect(coverage.map(({ operation }) => operation)).toEqual(contract.operations.map(({ id }) => id));
  for (const { operation, parameters, expansions, statuses } of coverage) {
    const shape = contract.operations.find(({ id }) => id === operation);
    expect(parameters.met).toEqual(parameters.declared);
    // What has only just been made may refer to nothing.
    if (shape?.method !== 'POST') expect(expansions.met).toEqual(expansions.declared);
    // The rate limit is used up by --exhaust alone, what is public is forbidden to nobody, what no id names is always
    // found, and what is valid but can't be done depends on more than a request.
    const reachable = statuses.declared.filter((status) => !['403', '422', '429'].includes(status));
    expect(
      reachable.filter(
        (status) => !statuses.met.includes(status) && (shape?.path.includes('{') || status !== '404'),
      ),
    ).toEqual([]);
  }
});

test('a limit that is used up conforms', async () => {
  const operations = contract.operations.map(({ id }) => id);
  const used = await checkChanged({ exhaust: true, rateLimit: 30, operations });
  expect(used.violations).toEqual([]);
  expect(used.requests).toBe(35);
  const [spent] = used.coverage.filter(({ statuses }) => statuses.met.includes('429'));
  expect(spent?.statuses.met).toEqual(['200', '429']);
});

test('a limit too high to be used up is no pass', async () => {
  await expect(checkChanged({ exhaust: true, rateLimit: 30_000 })).rejects.toThrow(
    'could not be used up: 29999 requests are left, too many to use up',
  );
});

test('an option of a check that there is not is refused by its name', async () => {
  await expect(checkChanged({}, { strct: true } as object)).rejects.toThrow("There is no option 'strct'");
  await expect(checkChanged({}, { timeout: 0 })).rejects.toThrow('timeout must be a whole number from 1');
});
