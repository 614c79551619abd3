import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadContract } from '../src/contract/contract.js';
import { loadRules } from '../src/contract/load-rules.js';
import { run } from '../src/contract/run.js';
import { mockTarget } from '../src/contract/targets/mock.js';
import { fetchTransport } from '../src/contract/transport.js';
import { vendoredDocument } from '../src/document/index.js';

async function check(file: string) {
  const contract = await loadContract(file);
  const target = await mockTarget(file);
  try {
    const rules = await loadRules();
    return await run({ contract, rules, target, transport: fetchTransport, operations: contract.operations });
  } finally {
    await target.stop();
  }
}

describe('the document against its mock', () => {
  test('conforms', async () => {
    const result = await check(vendoredDocument());
    expect(result.exchanges.length).toBeGreaterThan(40);
    expect(result.violations).toEqual([]);
  });

  test('a text where an integer belongs is found and named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'contract-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'broken.yaml');
    const text = await readFile(vendoredDocument(), 'utf8');
    await writeFile(file, text.replace('charge_rate_watts: 7242', 'charge_rate_watts: "7242"'));
    const { violations } = await check(file);
    expect(violations).toMatchObject([
      {
        rule: 'body-schema',
        where: 'body /1/charge_rate_watts',
        expected: 'integer or null',
        found: '"7242"',
      },
    ]);
  });
});
