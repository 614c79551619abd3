import { beforeAll, expect, test } from 'vitest';
import { exampleProject, finish, settingsFor } from '../scripts/test/example.js';
import { fakeApi } from '../scripts/test/fake.js';

const PROGRAM = 'sessions-by-vehicle.ts';

let folder: string;
beforeAll(async () => {
  folder = await exampleProject(PROGRAM);
});

test('sums up what each vehicle charged in a month, in whole units', async () => {
  const fake = await fakeApi();
  const { code, stdout, stderr } = await finish(folder, [PROGRAM, '--month', '2026-06'], settingsFor(fake));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [head, ...rows] = stdout.trimEnd().split('\n');
  expect(head).toBe('vehicle,description,sub_sessions,kwh,cost,currency,co2_kg,without_cost,without_co2');
  const subs = fake.world.store.collection('/charging_sub_sessions', [])?.items ?? [];
  const ofMonth = subs.filter(({ start, end }) => String(start).startsWith('2026-06') && end !== null);
  expect(rows).toHaveLength(new Set(ofMonth.map(({ vehicle }) => vehicle)).size);
  for (const row of rows) {
    const [id, , count, energy, cost, currency, co2, ...missing] = row.split(',');
    const own = ofMonth.filter(({ vehicle }) => String(vehicle).endsWith(`/${id}`));
    const sum = (field: string) => own.reduce((total, sub) => total + Number(sub[field]), 0);
    expect([count, currency, ...missing]).toEqual([String(own.length), 'GBP', '0', '0']);
    expect([energy, cost, co2]).toEqual([
      (sum('energy_delivered_watt_hours') / 1000).toFixed(1),
      (sum('cost') / 100).toFixed(2),
      (sum('total_co2_grams') / 1000).toFixed(1),
    ]);
  }
});

test('quotes what would be taken for another field, and has a month without charging as well', async () => {
  const fake = await fakeApi();
  for (const vehicle of fake.world.store.collection('/vehicles', [])?.items ?? [])
    vehicle.description = 'The "blue", old one';
  const june = await finish(folder, [PROGRAM, '--month', '2026-06'], settingsFor(fake));
  expect(june.stdout).toContain(',"The ""blue"", old one",');
  const empty = await finish(folder, [PROGRAM, '--month', '2020-02'], settingsFor(fake));
  expect(empty.stdout.trimEnd().split('\n')).toHaveLength(1);
});

test('tells how much of a sum is missing, and takes nothing of the month before', async () => {
  const fake = await fakeApi();
  const subs = fake.world.store.collection('/charging_sub_sessions', [])?.items ?? [];
  const [one, ...others] = subs.filter(({ start, end }) => String(start) > '2026-06' && end !== null);
  const own = others.filter(({ vehicle }) => vehicle === one?.vehicle);
  Object.assign(one ?? {}, { cost: null, total_co2_grams: 0 });
  for (const sub of own) sub.total_co2_grams = null;
  const [late] = own.splice(0, 1);
  if (late) late.start = '2026-05-31T23:59:59.999500Z';
  const { stdout } = await finish(folder, [PROGRAM, '--month', '2026-06'], settingsFor(fake));
  const row = stdout.split('\n').find((line) => String(one?.vehicle).endsWith(line.split(',')[0] ?? '-'));
  expect(row).toMatch(new RegExp(`,${own.length + 1},[\\d.]+,[\\d.]+,GBP,0.0,1,${own.length}$`));
});

test('says in one line what is wrong with a month', async () => {
  const { code, stdout, stderr } = await finish(folder, [PROGRAM, '--month', 'June']);
  expect([code, stdout, stderr]).toEqual([1, '', "--month must be a month such as 2026-05, not 'June'\n"]);
});
