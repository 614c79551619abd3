import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check, loadContract, rules } from '../src/contract/index.js';
import { mockTarget } from '../src/contract/targets/mock/mock.js';
import { vendoredDocument } from '../src/document/index.js';

async function checkMock(file: string) {
  const contract = await loadContract(file);
  const target = await mockTarget(contract);
  onTestFinished(target.stop);
  return check({ contract, rules, target });
}

// Hundreds of requests, and Prism reads the document anew: seconds alone, far more on a busy machine.
describe('the document against its mock', { timeout: 120_000 }, () => {
  test('conforms', async () => {
    const result = await checkMock(vendoredDocument());
    expect(result.requests).toBeGreaterThan(80);
    expect(result.violations).toEqual([]);
    expect(result.notes).toEqual([]);
    expect(result.faults).toEqual([]);
  });

  test('a text where an integer belongs is found and named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'contract-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'broken.yaml');
    const text = await readFile(vendoredDocument(), 'utf8');
    await writeFile(file, text.replace('charge_rate_watts: 7242', 'charge_rate_watts: "7242"'));
    const { violations } = await checkMock(file);
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
