import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadContract } from './load-contract.js';

test('a file that is read again gives the same contract, until its text changes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'api.json');
  const write = (title: string) =>
    writeFile(file, JSON.stringify({ openapi: '3.1.0', info: { title, version: '1' }, paths: {} }));
  await write('First');
  const first = await loadContract(file);
  expect(await loadContract(file)).toBe(first);
  await write('Second');
  const second = await loadContract(file);
  expect(second.document.info.title).toBe('Second');
  expect(await loadContract(file)).toBe(second);
});

test('of many files, those that were read last are remembered', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = ['a', 'b', 'c'].map((name) => join(folder, name));
  for (const file of files)
    await writeFile(
      file,
      JSON.stringify({ openapi: '3.1.0', info: { title: file, version: '1' }, paths: {} }),
    );
  const contracts = [];
  for (const file of files) contracts.push(await loadContract(file));
  expect(await loadContract(files[2] ?? '')).toBe(contracts[2]);
  expect(await loadContract(files[0] ?? '')).not.toBe(contracts[0]);
});
