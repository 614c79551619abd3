import { beforeAll, expect, test } from 'vitest';
import { exampleProject, finish, settingsFor } from '../scripts/test/example.js';
import { fakeApi } from '../scripts/test/fake.js';

const PROGRAM = 'tariff-prices.ts';
const TARIFF = 'tari01HT84JHVH31W879MXBS2192HY';

let folder: string;
beforeAll(async () => {
  folder = await exampleProject(PROGRAM);
});

test('draws the price of each half hour of a day, and marks the cheapest', async () => {
  const fake = await fakeApi();
  const { code, stdout, stderr } = await finish(
    folder,
    [PROGRAM, TARIFF, '--day', '2026-06-30'],
    settingsFor(fake),
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [title, chart = '', average] = stdout.trimEnd().split('\n\n');
  expect(title).toBe('Night Saver of Fernhill Energy on 2026-06-30 (UTC)');
  const bars = chart
    .split('\n')
    .map((line) => /^(\d\d:\d\d) (█*) +(\d\.\d\d) GBP ?(◀ cheapest)?/.exec(line)?.slice(1) ?? []);
  expect(bars).toHaveLength(48);
  expect(bars[0]?.[0]).toBe('00:00');
  expect(bars.at(-1)?.[0]).toBe('23:30');
  for (const [time = '', bar = '', price, mark] of bars) {
    const night = time < '05:00';
    expect([bar.length, price, mark]).toEqual(night ? [12, '0.09', '◀ cheapest'] : [40, '0.29', undefined]);
  }
  expect(average).toBe('0.25 GBP a kWh on average');
});

test('says in one line that a day has no prices, or is not a day', async () => {
  const fake = await fakeApi();
  const none = await finish(folder, [PROGRAM, TARIFF, '--day', '2020-01-01'], settingsFor(fake));
  expect([none.code, none.stderr]).toEqual([1, 'There are no prices of that day.\n']);
  for (const day of ['today', '2026-02-30', '2026-06']) {
    const wrong = await finish(folder, [PROGRAM, TARIFF, '--day', day]);
    expect([wrong.code, wrong.stderr]).toEqual([1, `--day must be a day such as 2026-06-30, not '${day}'\n`]);
  }
});
