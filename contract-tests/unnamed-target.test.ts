import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Prism, startPrism } from '../src/contract/targets/mock/prism.js';
import { vendoredDocument } from '../src/document/index.js';
import { run } from './terminal.js';

let prism: Prism;
beforeAll(async () => {
  prism = await startPrism(vendoredDocument());
});
afterAll(() => prism.stop());

test.each([
  { EV_ENERGY_ACCESS_TOKEN: 'a-secret' },
  { EV_ENERGY_CLIENT_ID: 'somebody', EV_ENERGY_CLIENT_SECRET: 'a-secret' },
  { EV_ENERGY_STAGING_ACCESS_TOKEN: 'a-secret' },
])('credentials are not silently ignored: %o', async (environment) => {
  const { code, stdout, stderr } = await run(['--base-url', prism.url], environment);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.replace(/\s+/g, ' ')).toMatch(
    /EV_ENERGY_\w+ is set, but --base-url alone takes the server for a mock.*--target live, staging or fake.*--target mock/,
  );
  expect(stderr).not.toContain('a-secret');
});

test.each([
  [[], {}],
  [[], { EV_ENERGY_ACCESS_TOKEN: '', EV_ENERGY_EXPIRED_TOKEN: 'old' }],
  [['--target', 'mock'], { EV_ENERGY_ACCESS_TOKEN: 'a-secret' }],
] as const)(
  'a running mock is checked without credentials, or by its name: %o %o',
  async (more, environment) => {
    const args = ['--base-url', prism.url, '--operation', 'get-evse_makes', ...more];
    const { code, stdout } = await run(args, environment);
    expect(stdout).toContain('conforms');
    expect(code).toBe(0);
  },
);
