import { appendFile, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { exampleProject, finish, settingsFor, start } from '../scripts/test/example.js';
import { apiRequests, EVSE, fakeApi } from '../scripts/test/fake.js';
import { type Fake, type FakeOptions, rateLimited, startFake } from '../src/testing/index.js';

let project: string;
let folder: string;
beforeAll(async () => {
  project = await exampleProject('export-status-logs.ts');
});
beforeEach(async () => {
  folder = await mkdtemp(join(project, 'run-'));
});

const command = (...args: string[]) => ['../export-status-logs.ts', EVSE, ...args];
const text = (extension: string) => readFile(join(folder, `${EVSE}.${extension}`), 'utf8');

/** A fake with 1000 logs of the last week. */
const fakeOf = (options: FakeOptions = {}) => fakeApi({ latest: new Date(), statusLogs: 1000, ...options });

const collectionOf = (fake: Fake) => fake.world.store.collection('/evses/{}/status_logs', [EVSE]);

/** Logs that the EVSE sends after those that the fake began with. */
function addNewer(fake: Fake, count: number): void {
  const collection = collectionOf(fake);
  const [newest] = collection?.items ?? [];
  for (let index = 1; index <= count; index += 1) {
    const sampledAt = new Date(Date.parse(String(newest?.sampled_at)) + 1000 * index).toISOString();
    collection?.insert({ ...newest, sampled_at: sampledAt });
  }
}

/** Both files hold all that the API has of the EVSE, each log once and in its order. */
async function expectComplete(fake: Fake, count = 1000): Promise<void> {
  const logs = collectionOf(fake)?.items ?? [];
  expect(logs).toHaveLength(count);
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
  const upTo = collectionOf(fake)?.items[0]?.sampled_at;
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `\n1000 logs up to ${upTo} are in ${EVSE}.ndjson and .csv\n`,
  });
  await expectComplete(fake);
  const bars = [...stderr.matchAll(/^(█*)(░*) (\d+) logs, (\d+) requests left $/gm)];
  expect(bars.map(([, , , logs]) => Number(logs))).toEqual(
    Array.from({ length: 10 }, (_, page) => 100 * page + 100),
  );
  expect(bars.map(([, done = '', left = '']) => done.length + left.length)).toEqual(bars.map(() => 30));
  // 900 logs of ten minutes each are 6 of the 30 days. That there are no more shows with the last page.
  expect(bars.slice(-2).map(([, done]) => done?.length)).toEqual([Math.floor((30 * 900) / 144 / 30), 30]);
  for (const line of stderr.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('goes no further back than it is told', async () => {
  const fake = await fakeOf();
  const logs = collectionOf(fake)?.items ?? [];
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
  // At most the page that was under way is asked for again, one more for the seam, and one for newer logs.
  expect(apiRequests(fake).length).toBeLessThanOrEqual(13);
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

test('adds what has come since, to an export that was interrupted as to one that was done', async () => {
  const fake = await fakeOf({ latency: 40 });
  const program = start(folder, command(), settingsFor(fake));
  await expect.poll(() => program.stderr, { timeout: 20_000 }).toContain(' 300 logs');
  program.kill('SIGINT');
  expect(await program.end).toBe(130);
  addNewer(fake, 250);
  expect((await finish(folder, command(), settingsFor(fake))).code).toBe(0);
  await expectComplete(fake, 1250);
  addNewer(fake, 2);
  expect((await finish(folder, command(), settingsFor(fake))).code).toBe(0);
  await expectComplete(fake, 1252);
  expect((await readdir(folder)).sort()).toEqual([`${EVSE}.csv`, `${EVSE}.ndjson`]);
});

test('has little to do when all is there', async () => {
  const fake = await fakeOf();
  await finish(folder, command(), settingsFor(fake));
  await writeFile(join(folder, `${EVSE}.csv`), '');
  const before = apiRequests(fake).length;
  expect((await finish(folder, command(), settingsFor(fake))).code).toBe(0);
  // One asks for newer ones, one for older ones.
  expect(apiRequests(fake).length - before).toBe(2);
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

test('ends with the same exit code where the API itself refuses more, and goes on later', async () => {
  const fake = await fakeOf();
  fake.faults.next(rateLimited(3600), { request: ({ url }) => url.searchParams.has('page_after') });
  const { code, stderr } = await finish(folder, command(), settingsFor(fake));
  expect(code).toBe(75);
  expect(stderr).toMatch(/ 100 logs, .*\n.* failed with 429: .*Wait 3600 s.*\n$/);
  expect((await finish(folder, command(), settingsFor(fake))).code).toBe(0);
  await expectComplete(fake);
});

test('says in one line that the server is gone, and goes on when it is back', {
  timeout: 60_000,
}, async () => {
  const latest = new Date();
  const fake = await startFake({ latest, latency: 40, statusLogs: 1000 });
  const program = start(folder, command(), settingsFor(fake));
  await expect.poll(() => program.stderr, { timeout: 20_000 }).toContain(' 200 logs');
  await fake.close();
  expect(await program.end).toBe(1);
  expect(program.stderr).toMatch(/ logs, \d+ requests left \n[^\n]+ got no complete answer from [^\n]+\n$/);
  for (const line of (await text('ndjson')).trimEnd().split('\n')) JSON.parse(line);
  const back = await fakeOf({ latest, port: Number(new URL(fake.url).port) });
  expect((await finish(folder, command(), settingsFor(back))).code).toBe(0);
  await expectComplete(back);
  expect(apiRequests(back).length).toBeLessThan(11);
});

test('exports that an EVSE has no logs yet', async () => {
  const fake = await fakeOf();
  const silent = String(fake.world.store.collection('/evses', [])?.items.at(-1)?.id);
  const { code, stdout } = await finish(folder, ['../export-status-logs.ts', silent], settingsFor(fake));
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `\n0 logs up to now are in ${silent}.ndjson and .csv\n`,
  });
});

test('leaves no file of an EVSE that is not there', async () => {
  const fake = await fakeOf();
  const unknown = `evse${'0'.repeat(26)}`;
  const { code, stderr } = await finish(folder, ['../export-status-logs.ts', unknown], settingsFor(fake));
  expect(code).toBe(1);
  expect(stderr).toMatch(/^\n[^\n]+ failed with 404: [^\n]+\n$/);
  expect(await readdir(folder)).toEqual([]);
});

test('says that its file is broken, and leaves it as it is', async () => {
  await writeFile(join(folder, `${EVSE}.ndjson`), '{"sampled_at":"2026-06-30T20\n{}\n');
  const { code, stderr } = await finish(folder, command(), { EV_ENERGY_ACCESS_TOKEN: 'unused' });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^\nThe \.ndjson file is broken: [^\n]+\n$/);
  expect(await text('ndjson')).toBe('{"sampled_at":"2026-06-30T20\n{}\n');
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
