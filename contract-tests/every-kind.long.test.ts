import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { check, loadContract } from '../src/contract/index.js';
import { mockTarget } from '../src/contract/targets/mock/mock.js';
import { bigDocument } from './fixtures/big-document.js';
import { rules } from './kit.js';

test('a document with operations of every kind conforms on the mock', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'every-kind-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'big.yaml');
  await writeFile(file, stringify(bigDocument(3), { aliasDuplicateObjects: false }));
  const big = await loadContract(file);
  const target = await mockTarget(big);
  const { violations, verdicts, requests } = await check({ contract: big, rules, target }).finally(
    target.stop,
  );
  expect(big.operations.length).toBeGreaterThan(60);
  expect(violations).toEqual([]);
  expect(verdicts.filter(({ state }) => state === 'not-covered')).toEqual([]);
  expect(requests).toBeGreaterThan(400);
}, 120_000);
