import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fake, startFake } from '../src/testing/index.js';
import { run } from './terminal.js';

let fake: Fake;
beforeAll(async () => {
  fake = await startFake();
});
afterAll(() => fake.close());

const LOGS = ['--id', 'evse_id=evse01HSH04KDEWF6Z4DB2J77J74K5'];

test('a server that has only an address is an ordinary one: asked with the token, and only read from', async () => {
  const before = fake.requests.length;
  const args = ['--base-url', fake.url, '--max-requests', '60', ...LOGS];
  const { stdout } = await run(args, { EV_ENERGY_ACCESS_TOKEN: fake.token });
  expect(stdout.split('\n')[0]).toContain(fake.url);
  expect(stdout).not.toContain('fixed examples');
  const requests = fake.requests.slice(before);
  expect(requests.length).toBeGreaterThan(20);
  expect(
    requests.filter(({ method, status }) => !['GET', 'HEAD'].includes(method) && (status ?? 0) < 400),
  ).toEqual([]);
  expect(requests.some(({ headers }) => headers.authorization === `Bearer ${fake.token}`)).toBe(true);
  expect(stdout).not.toContain(fake.token);
});

test('without credentials it is asked in public, and the rest is not covered', async () => {
  const few = ['get-evse_makes', 'get-evses'].flatMap((id) => ['--operation', id]);
  const { code, stdout } = await run(['--base-url', fake.url, ...few]);
  expect(stdout).toMatch(/GET \/evse_makes +✓/);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /it needs a token: set EV_ENERGY_ACCESS_TOKEN, or EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET GET \/evses/,
  );
  expect(code).toBe(0);
});

test('credentials of a named target are not silently ignored', async () => {
  const { code, stdout, stderr } = await run(['--base-url', fake.url], {
    EV_ENERGY_STAGING_ACCESS_TOKEN: 'a-secret',
  });
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.replace(/\s+/g, ' ')).toMatch(
    /EV_ENERGY_STAGING_ACCESS_TOKEN is set, but --base-url alone takes EV_ENERGY_ACCESS_TOKEN, .*--target staging/,
  );
  expect(stderr).not.toContain('a-secret');
});
