import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { run } from '../run.js';
import { prepared } from './prepared.js';

it('the tarball is free of findings of arethetypeswrong', async () => {
  const { tarball } = await prepared();
  const { stdout, code } = await run(join(ROOT, 'node_modules/.bin/attw'), [
    tarball,
    '--profile',
    'esm-only',
    '--format',
    'ascii',
    '--no-emoji',
    // Not a module, so resolvers that look for types find none.
    '--exclude-entrypoints',
    './openapi.yaml',
  ]);
  expect(code, stdout).toBe(0);
}, 120_000);
