import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { INSTALL_TIME } from '../scripts/package/project.js';
import { exampleProject, finish, settingsFor, start } from '../scripts/test/example.js';
import { apiRequests, EVSE, fakeApi } from '../scripts/test/fake.js';
import type { Fake, FakeOptions } from '../src/testing/index.js';

let project: string;
let folder: string;
beforeAll(async () => {
  project = await exampleProject('export-status-logs.ts');
}, INSTALL_TIME);
beforeEach(async () => {
  folder = await mkdtemp(join(project, 'run-'));
});

const command = (...args: string[]) => ['../export-status-logs.ts', EVSE, ...args];
const text = (extension: string) => readFile(join(folder, `${EVSE}.${extension}`), 'utf8');

/** A fake with 1000 logs of the last week. */
const fakeOf = (options: FakeOptions = {}) => fakeApi({ latest: new Date(), statusLogs: 1000, ...options });

/** Both files hold all that the API has of the EVSE, each log once and in its order. */
async function expectComplete(fake: Fake): Promise<void> {
  const logs = fake.world.store.collection('/evses/{}/status_logs', [EVSE])?.items ?? [];
  expect(logs).toHaveLength(1000);
  const lines = (await text('ndjson')).split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => JSON.parse(line))).toEqual(logs);
  const [header, ...rows] = (await text('csv')).trimEnd().split('\n');
  expect(header).toBe('sampled_at,is_plugged_in,is_charging,charge_rate_watts,mode');
  expect(rows).toEqual(
    logs.map((log) =>
      header
        ?.split(',')
        .map((name) => log[name] ?? '')
        .join(','),
    ),
  );
}

test('exports all logs, and shows how far it is', async () => {
  const fake = await fakeOf();
  const { code, stdout, stderr } = await finish(folder, command(), settingsFor(fake));
  expect({ code, stdout }).toEqual({ code: 0, stdout: `\n1000 logs are in ${EVSE}.ndjson and .csv\n` });
  await expectComplete(fake);
  const bars = [...stderr.matchAll(/^(█*)(░*) (\d+) logs, (\d+) requests left $/gm)];
  expect(bars.map(([, , , logs]) => Number(logs))).toEqual(
    Array.from({ length: 10 }, (_, page) => 100 * page + 100),
  );
  expect(bars.map(([, done = '', left = '']) => done.length + left.length)).toEqual(bars.map(() => 30));
  // 1000 logs of ten minutes each are 7 of the 30 days.
  expect(bars.at(-1)?.[1]).toHaveLength(Math.floor((30 * 1000) / 144 / 30));
  for (const line of stderr.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('goes no further back than it is told', async () => {
  const fake = await fakeOf();
  const logs = fake.world.store.collection('/evses/{}/status_logs', [EVSE])?.items ?? [];
  const since = new Date(Date.parse(String(logs[149]?.sampled_at)) - 1000).toISOString();
  const { code } = await finish(folder, command('--since', since), settingsFor(fake));
  expect(code).toBe(0);
  expect(
    (await text('ndjson'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(logs.slice(0, 150));
});

test('goes on after Ctrl-C where it stopped', async () => {
  const fake = await fakeOf({ latency: 40 });
  const program = start(folder, command(), settingsFor(fake));
  await expect.poll(() => program.stderr, { timeout: 20_000 }).toContain(' 300 logs');
  program.kill('SIGINT');
  expect(await program.end).toBe(130);
  expect(program.stderr).toMatch(/\nInterrupted\.\n$/);
  const first = apiRequests(fake).length;
  expect(first).toBeLessThan(10);
  expect((await finish(folder, command(), settingsFor(fake))).code).toBe(0);
  await expectComplete(fake);
  // At most the page that was under way is asked for again, and one more for the seam.
  expect(apiRequests(fake).length).toBeLessThanOrEqual(12);
});

test('goes on after it was killed in the middle of a line', async () => {
  const fake = await fakeOf({ latency: 40 });
  const program = start(folder, command(), settingsFor(fake));
  await expect.poll(() => program.stderr, { timeout: 20_000 }).toContain(' 200 logs');
  program.kill('SIGKILL');
  expect(await program.end).toBeNull();
  await appendFile(join(folder, `${EVSE}.ndjson`), '{"url":"https://api.ev.energy/v2/evse/evse01');
  expect((await finish(folder, command(), settingsFor(fake))).code).toBe(0);
  await expectComplete(fake);
});

test('has nothing to do when all is there', async () => {
  const fake = await fakeOf();
  await finish(folder, command(), settingsFor(fake));
  await writeFile(join(folder, `${EVSE}.csv`), '');
  const before = apiRequests(fake).length;
  expect((await finish(folder, command(), settingsFor(fake))).code).toBe(0);
  expect(apiRequests(fake).length - before).toBe(1);
  await expectComplete(fake);
  // Where what is there reaches further back than what is asked for, too.
  const { code } = await finish(
    folder,
    command('--since', new Date(Date.now() - 60_000).toISOString()),
    settingsFor(fake),
  );
  expect(code).toBe(0);
  await expectComplete(fake);
});

test('leaves requests to others, and goes on when there are more', async () => {
  let hours = 0;
  const fake = await fakeOf({ rateLimit: 10, now: () => Date.now() + hours * 3_600_000 });
  const { code, stderr } = await finish(folder, command('--reserve', '4'), settingsFor(fake));
  expect(code).toBe(75);
  expect(stderr).toMatch(/ 600 logs, 4 requests left \n.*quota\.reserve keeps 4.*\n$/);
  expect(apiRequests(fake)).toHaveLength(6);
  hours = 1;
  expect((await finish(folder, command('--reserve', '4'), settingsFor(fake))).code).toBe(0);
  await expectComplete(fake);
});

test.each([
  [['charger7'], "'charger7' is not the id of an EVSE; see --help"],
  [[], "'' is not the id of an EVSE; see --help"],
  [[EVSE, '--since', 'yesterday'], "--since: 'yesterday' is not a time in the past; see --help"],
  [[EVSE, '--since', '2100-01-01'], "--since: '2100-01-01' is not a time in the past; see --help"],
])('says in one line what is wrong with %j', async (args, message) => {
  const { code, stderr } = await finish(folder, ['../export-status-logs.ts', ...args]);
  expect([code, stderr]).toEqual([1, `\n${message}\n`]);
});
