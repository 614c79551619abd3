/* global afterAll, beforeAll, expect, test */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ConfigurationError, EvEnergy } from 'ev-energy-client';
import {
  check,
  checkExchange,
  chooseTarget,
  contractMatchers,
  loadContract,
  rules,
} from 'ev-energy-client/contract';
import { startFake } from 'ev-energy-client/testing';

expect.extend(contractMatchers);

let fake;
beforeAll(async () => {
  fake = await startFake();
});
afterAll(() => fake.close());

test('the client reaches the fake, and an error is of its class', async () => {
  const ev = new EvEnergy({
    baseUrl: fake.url,
    clientId: fake.clientId,
    clientSecret: fake.clientSecret,
    tokenUrl: fake.tokenUrl,
  });
  expect(await ev.evseMakes.list().toArray({ limit: 3 })).toHaveLength(3);
  expect((await ev.evses.list()).data.length).toBeGreaterThan(0);
  expect(() => new EvEnergy({ baseUrl: 'nowhere' })).toThrow(ConfigurationError);
});

test('an answer is held against the document', async () => {
  const url = 'https://api.ev.energy/v2/evse_makes';
  const violations = await checkExchange({ method: 'GET', url, status: 200, headers: {}, body: '[{}]' });
  expect(violations.length).toBeGreaterThan(0);
  await expect(new Response('[{}]', { headers: { 'content-type': 'application/json' } })).not.toMatchContract(
    { url },
  );
});

test('all rules are loaded, and played against an operation of a fake', async () => {
  const here = createRequire(join(process.cwd(), 'package.test.js'));
  const contract = await loadContract(here.resolve('ev-energy-client/openapi.yaml'));
  const target = await chooseTarget({ name: 'fake', contract, environment: {}, timeout: 30_000 });
  const operations = contract.operations.filter(
    ({ path, method }) => method === 'GET' && path === '/evse_makes',
  );
  expect(operations).toHaveLength(1);
  const result = await check({ contract, rules, target, operations });
  await target.stop();
  expect(result.violations).toEqual([]);
  expect(result.requests).toBeGreaterThan(20);
}, 60_000);
