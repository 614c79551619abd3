import { beforeAll, expect, test } from 'vitest';
import { exampleProject, finish, settingsFor, start } from '../scripts/test/example.js';
import { fakeApi } from '../scripts/test/fake.js';
import { latency } from '../src/testing/index.js';

let folder: string;
beforeAll(async () => {
  folder = await exampleProject('charging-now.ts');
});

const PROGRAM = 'charging-now.ts';

/** A fake whose data ends now, and the rows that the program prints of it. */
async function table(
  change: (logs: Record<string, unknown>[], evses: Record<string, unknown>[]) => void = () => {},
  args: string[] = [],
) {
  const fake = await fakeApi({ latest: new Date() });
  const evses = fake.world.store.collection('/evses', [])?.items ?? [];
  const logs = evses.map((evse) => fake.world.store.resolve(String(evse.latest_status_log))?.item ?? {});
  change(logs, evses);
  const { code, stdout, stderr } = await finish(folder, [PROGRAM, ...args], settingsFor(fake));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [lines = '', summary = ''] = stdout.trimEnd().split('\n\n');
  const rows = lines.split('\n').map((line) => {
    const cells = /^.{17} (evse\w{26}) (.{14}) (.{7}) (.{8})$/.exec(line)?.slice(1) ?? [];
    const [id, state, power, age] = cells.map((cell) => cell.trim());
    return { index: evses.findIndex((evse) => evse.id === id), state, power, age };
  });
  return { rows, summary, fake };
}

test('shows every EVSE once, those that charge first and the strongest of them on top', async () => {
  const { rows, summary } = await table((logs) => {
    Object.assign(logs[7] ?? {}, { is_plugged_in: true, is_charging: true, charge_rate_watts: 22_040 });
    Object.assign(logs[8] ?? {}, { is_plugged_in: true, is_charging: false, charge_rate_watts: 0 });
    Object.assign(logs[9] ?? {}, { is_plugged_in: false, is_charging: false, charge_rate_watts: null });
    Object.assign(logs[10] ?? {}, { is_plugged_in: null, is_charging: null, charge_rate_watts: null });
  });
  expect(rows.map(({ index }) => index).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 36 }, (_, i) => i),
  );
  expect(rows[0]).toMatchObject({ index: 7, state: 'charging', power: '22.0 kW' });
  const stateOf = (wanted: number) => rows.find(({ index }) => index === wanted)?.state;
  expect([8, 9, 10, 35].map(stateOf)).toEqual(['plugged in', 'free', 'unknown', 'never seen']);
  expect(rows.at(-1)).toEqual({ index: 35, state: 'never seen', power: '', age: '' });
  const counts = ['charging', 'plugged in', 'free', 'unknown', 'stale', 'never seen'].map((state) => {
    const matching = rows.filter((row) =>
      state === 'stale' ? /^was /.test(row.state ?? '') : row.state === state,
    );
    return `${matching.length} ${state}`;
  });
  expect(summary).toBe(counts.join(', '));
});

test('shows an EVSE of which the API names neither user nor status, which it need not', async () => {
  const { rows } = await table((_, evses) => {
    for (const field of ['user', 'latest_status_log']) delete evses[7]?.[field];
  });
  expect(rows).toHaveLength(36);
  expect(rows).toContainEqual({ index: 7, state: 'never seen', power: '', age: '' });
});

test('marks as stale what was not heard of for half an hour, or as long as --stale says', async () => {
  const { rows } = await table();
  const stale = rows.filter(({ state }) => state?.startsWith('was '));
  // The sample data has EVSEs that went silent days ago.
  expect(stale.map(({ index }) => index).sort((a, b) => a - b)).toEqual([4, 13, 22, 31]);
  for (const { age } of stale) expect(age).toMatch(/^\d+ d$/);
  const strict = await table(() => {}, ['--stale', '0.01']);
  expect(strict.summary).toBe('0 charging, 0 plugged in, 0 free, 0 unknown, 35 stale, 1 never seen');
});

test('shows the EVSEs of one user', async () => {
  const { rows, fake } = await table(() => {}, ['--user', 'user01HN2NJ9NMRZBXT1H6FT9N7735']);
  expect(rows.map(({ index }) => index).sort((a, b) => a - b)).toEqual([0, 12, 24]);
  expect(fake.requests.filter(({ endpoint }) => endpoint === 'api')).toHaveLength(1);
});

test('ends at once on Ctrl-C', async () => {
  const fake = await fakeApi();
  let asked = false;
  fake.faults.plan(() => {
    asked = true;
    return latency(Infinity);
  });
  const program = start(folder, [PROGRAM], settingsFor(fake));
  await expect.poll(() => asked, { timeout: 20_000 }).toBe(true);
  program.kill('SIGINT');
  expect([await program.end, program.stdout, program.stderr]).toEqual([130, '', 'Interrupted.\n']);
});

test.each([
  [['--stale', 'long'], {}, /^--stale must be a number of minutes, not 'long'\n$/],
  [['--colour'], {}, /^Unknown option '--colour'\n$/],
  [[], { EV_ENERGY_BASE_URL: 'http://127.0.0.1:1' }, /^get-evses needs a token: .+\n$/],
])('says in one line what is wrong with %j %j', async (args, env, message) => {
  const { code, stdout, stderr } = await finish(folder, [PROGRAM, ...args], env);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(message);
});
