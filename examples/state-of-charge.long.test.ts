import { beforeAll, expect, test } from 'vitest';
import { exampleProject, finish, settingsFor } from '../scripts/test/example.js';
import { fakeApi } from '../scripts/test/fake.js';

const PROGRAM = 'state-of-charge.ts';

let folder: string;
beforeAll(async () => {
  folder = await exampleProject(PROGRAM);
});

test('shows each vehicle that tells its state of charge, the emptiest first, with one request', async () => {
  const fake = await fakeApi();
  const { store } = fake.world;
  const { code, stdout, stderr } = await finish(folder, [PROGRAM], settingsFor(fake));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [lines = '', summary] = stdout.trimEnd().split('\n\n');
  const rows = lines.split('\n').map((line) => {
    const [, id, percentage] = /^(vhcl\w{26}).* (\d+) %/.exec(line) ?? [];
    return { id, percentage: Number(percentage) };
  });
  const vehicles = store.collection('/vehicles', [])?.items ?? [];
  const telling = vehicles.filter(({ latest_status_log: log }) => log !== null);
  expect(summary).toBe(`${telling.length} of ${vehicles.length} vehicles tell their state of charge`);
  const expected = telling.map(({ id, latest_status_log: log }) => {
    return { id, percentage: Number(store.resolve(String(log))?.item.state_of_charge_percentage) };
  });
  expect(rows.map(({ percentage }) => percentage)).toEqual(
    expected.map(({ percentage }) => percentage).sort((a, b) => a - b),
  );
  expect(rows).toEqual(expect.arrayContaining(expected));
  expect(fake.requests.filter(({ endpoint }) => endpoint === 'api')).toHaveLength(1);
});

test('leaves out what has more than --below says, and the vehicles of others', async () => {
  const fake = await fakeApi();
  const low = await finish(folder, [PROGRAM, '--below', '50'], settingsFor(fake));
  for (const [, percentage] of low.stdout.matchAll(/(\d+) %/g)) expect(Number(percentage)).toBeLessThan(50);
  const own = await finish(folder, [PROGRAM, '--user', 'user01HN2NJ9NMRZBXT1H6FT9N7735'], settingsFor(fake));
  expect(own.stdout).toContain('of 2 vehicles');
});

test('says in one line what is wrong with a percentage', async () => {
  const { code, stdout, stderr } = await finish(folder, [PROGRAM, '--below', 'half']);
  expect([code, stdout, stderr]).toEqual([1, '', "--below must be a percentage, not 'half'\n"]);
});
