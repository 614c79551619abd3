import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../run.js';
import { project, tool } from './project.js';

/** As in the recipe: Babel converts the package, and what it imports, to CommonJS. */
const COMMON_JS = () => ({
  transform: {
    '\\.[jt]s$': [
      tool('babel-jest', ''),
      { presets: [[tool('@babel/preset-env', ''), { targets: { node: 'current' } }]] },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(ev-energy-client|oauth4webapi|openapi-fetch)/)'],
});

const MODULES = () => ({ transform: {} });

/** Runs a consumer's test with Jest. */
async function jest(version: string, config: object, nodeOptions: string) {
  const test = await readFile(join(import.meta.dirname, 'consumers/jest/contract.js'), 'utf8');
  const folder = await project({
    'package.test.js': test,
    'jest.config.json': JSON.stringify({ testEnvironment: 'node', cache: false, ...config }),
  });
  return run(process.execPath, [tool(version, 'bin/jest.js'), '--config', 'jest.config.json'], {
    cwd: folder,
    env: { NODE_OPTIONS: nodeOptions, CI: '1' },
    timeout: 240_000,
  });
}

describe('client, fake and contract run under Jest', { timeout: 300_000 }, () => {
  it.each([
    ['30', 'as ECMAScript modules', 'jest', MODULES, '--experimental-vm-modules'],
    ['30', 'as CommonJS', 'jest', COMMON_JS, ''],
    ['29', 'as ECMAScript modules', 'jest-29', MODULES, '--experimental-vm-modules'],
    ['29', 'as CommonJS', 'jest-29', COMMON_JS, ''],
  ])('%s, %s', async (_version, _kind, version, config, nodeOptions) => {
    const { code, stderr } = await jest(version, config(), nodeOptions);
    expect(stderr).toMatch(/Tests: +3 passed, 3 total/);
    expect(code, stderr).toBe(0);
  });
});
