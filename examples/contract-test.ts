import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { EvEnergy } from 'ev-energy-client';
import { type ContractViolation, checkExchange } from 'ev-energy-client/contract';
import { rateLimited, startFake, unavailable } from 'ev-energy-client/testing';

const HELP = `A contract test of your own: does the API give what our code relies on?

Usage: npx tsx contract-test.ts

Asks the fake that comes with the package. With EV_ENERGY_BASE_URL it asks that
server, and needs EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or
EV_ENERGY_ACCESS_TOKEN (scope evse:read).`;

/** What is tested; in your project it comes from your own sources. */
async function wattHoursDelivered(ev: EvEnergy): Promise<number> {
  const [evse] = await ev.evses.list().toArray({ limit: 1 });
  if (!evse) throw new Error('There is no EVSE to look at.');
  const logs = await ev.evses.statusLogs.list(evse.id).toArray({ limit: 250 });
  const readings = logs.flatMap((log) => log.meter_reading_watt_hours ?? []);
  return (readings[0] ?? 0) - (readings.at(-1) ?? 0); // The newest comes first.
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return console.log(HELP);
  const fake = await startFake();
  after(() => fake.close());
  const onFake = { baseUrl: fake.url, accessToken: fake.token };

  test("what our code is answered is what the API's document describes", async () => {
    const violations: ContractViolation[] = [];
    const ev = new EvEnergy({
      ...(process.env.EV_ENERGY_BASE_URL ? {} : onFake),
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        if (url.includes('/o/token')) return response; // OAuth describes that.
        const { method = 'GET' } = init;
        const { status, headers } = response;
        const body = await response.clone().text();
        violations.push(...(await checkExchange({ method, url, status, headers, body })));
        return response;
      },
    });
    assert((await wattHoursDelivered(ev)) >= 0);
    assert.deepEqual(violations, []);
  });

  test('our code gets over rate limits and outages', async () => {
    const expected = await wattHoursDelivered(new EvEnergy(onFake));
    fake.faults.next(rateLimited(0)).next(unavailable());
    assert.equal(await wattHoursDelivered(new EvEnergy(onFake)), expected);
  });
}

main();
