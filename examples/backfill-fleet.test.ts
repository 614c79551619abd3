import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { exampleProject, finish, settingsFor, start } from '../scripts/test/example.js';
import { apiRequests, EVSE, fakeApi } from '../scripts/test/fake.js';
import { type Fake, latency, Problem, rateLimited, startFake } from '../src/testing/index.js';

let project: string;
let folder: string;
beforeAll(async () => {
  project = await exampleProject('backfill-fleet.ts');
});
beforeEach(async () => {
  folder = await mkdtemp(join(project, 'run-'));
});

const command = (...args: string[]) => [
  '../backfill-fleet.ts',
  'logs',
  '--since',
  '2026-01-01T00:00:00Z',
  ...args,
];
const file = (name: string) => join(folder, 'logs', name);
const logsOf = (fake: Fake, id: string) =>
  fake.world.store.collection('/evses/{}/status_logs', [id])?.items ?? [];
const isLogs = (path: string) => path.includes('/status_logs');

/** Each EVSE's file holds all of its logs once, oldest first. */
async function expectComplete(fake: Fake): Promise<void> {
  const ids = (fake.world.store.collection('/evses', [])?.items ?? []).map(({ id }) => String(id));
  expect(ids).toHaveLength(36);
  expect((await readdir(file(''))).sort()).toEqual(['checkpoint.json', ...ids.map((id) => `${id}.ndjson`)]);
  for (const id of ids) {
    const lines = (await readFile(file(`${id}.ndjson`), 'utf8')).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(logsOf(fake, id).toReversed());
  }
}

test('fetches the logs of all EVSEs, no more at a time than it is told', async () => {
  let [underWay, most] = [0, 0];
  const fake = await fakeApi({
    tamper: (_, { request }) => {
      if (isLogs(request.url.pathname)) underWay -= 1;
    },
  });
  fake.faults.plan(({ url }) => {
    if (isLogs(url.pathname)) most = Math.max(most, ++underWay);
    return latency(20);
  });
  const { code, stdout, stderr } = await finish(folder, command('--parallel', '3'), settingsFor(fake));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await expectComplete(fake);
  expect(most).toBe(3);
  expect(stdout.trim().split('\n')).toHaveLength(36);
  expect(stdout).toContain(`${EVSE}: 300 new logs\n`);
});

test('adds what is new the next time', async () => {
  const fake = await fakeApi();
  await finish(folder, command(), settingsFor(fake));
  const logs = fake.world.store.collection('/evses/{}/status_logs', [EVSE]);
  for (const sampledAt of ['2026-07-01T00:00:00.000001Z', '2026-07-01T00:00:00.000002Z'])
    logs?.insert({ ...logs.items[0], sampled_at: sampledAt });
  const before = apiRequests(fake).length;
  const { code, stdout } = await finish(folder, command(), settingsFor(fake));
  expect(code).toBe(0);
  expect(stdout.split('\n').filter((line) => !/ 0 new logs$/.test(line))).toEqual([
    `${EVSE}: 2 new logs`,
    '',
  ]);
  expect(apiRequests(fake).length - before).toBe(1 + 36);
  await expectComplete(fake);
});

test('goes on after Ctrl-C where it stopped', async () => {
  const fake = await fakeApi({ latency: 40 });
  const program = start(folder, command(), settingsFor(fake));
  await expect.poll(() => program.stdout.split('\n').length, { timeout: 20_000 }).toBeGreaterThan(8);
  program.kill('SIGINT');
  expect([await program.end, program.stderr]).toEqual([130, '\nInterrupted.\n']);
  const done = [...program.stdout.matchAll(/^(evse\w+): [1-9]/gm)].map(([, id]) => id);
  const before = apiRequests(fake).length;
  expect((await finish(folder, command(), settingsFor(fake))).code).toBe(0);
  await expectComplete(fake);
  // What was done is asked for from its newest log on.
  const asked = apiRequests(fake)
    .slice(before)
    .filter(({ path }) => isLogs(path));
  for (const id of done) {
    const bounds = asked
      .filter(({ path }) => path.includes(`${id}/`))
      .map(({ query }) => query.get('sampled_at__gte'));
    expect(bounds).toEqual([logsOf(fake, String(id))[0]?.sampled_at]);
  }
});

test('goes on after it was killed while writing', async () => {
  const fake = await fakeApi({ latency: 40 });
  const program = start(folder, command(), settingsFor(fake));
  await expect.poll(() => program.stdout.split('\n').length, { timeout: 20_000 }).toBeGreaterThan(8);
  program.kill('SIGKILL');
  expect(await program.end).toBeNull();
  const [done = ''] = /^evse\w+(?=: [1-9])/m.exec(program.stdout) ?? [];
  await appendFile(file(`${done}.ndjson`), '{"sampled_at":"2026-06-30T20');
  await appendFile(file(`evse01HSH04KDEWF6Z4DB2J77J74K5.ndjson`), '{"sampled_at":"2026-06-30T20');
  expect((await finish(folder, command(), settingsFor(fake))).code).toBe(0);
  await expectComplete(fake);
});

test('fetches a file again that was deleted', async () => {
  const fake = await fakeApi();
  await finish(folder, command(), settingsFor(fake));
  await rm(file(`${EVSE}.ndjson`));
  expect((await finish(folder, command(), settingsFor(fake))).code).toBe(0);
  await expectComplete(fake);
});

test('leaves requests to others, and goes on when there are more', async () => {
  let hours = 0;
  const fake = await fakeApi({ rateLimit: 40, now: () => Date.now() + hours * 3_600_000 });
  const { code, stderr } = await finish(folder, command('--reserve', '20'), settingsFor(fake));
  expect(code).toBe(75);
  expect(stderr).toMatch(/quota\.reserve keeps 20.*\n$/);
  expect(apiRequests(fake)).toHaveLength(20);
  hours = 1;
  expect((await finish(folder, command('--reserve', '0'), settingsFor(fake))).code).toBe(0);
  await expectComplete(fake);
});

test('ends when one EVSE fails, and keeps what it has', async () => {
  const fake = await fakeApi({ latency: 20 });
  const problem = new Problem(403, 'Forbidden', 'Not this one.');
  fake.faults.next({ kind: 'problem', problem }, { request: ({ url }) => url.pathname.includes(EVSE) });
  const { code, stderr } = await finish(folder, command(), settingsFor(fake));
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^\nget-evses-evse_id-status_logs failed with 403: .*Not this one.*\n$/),
  ]);
  expect((await finish(folder, command(), settingsFor(fake))).code).toBe(0);
  await expectComplete(fake);
});

test('ends with the same exit code where the API itself refuses more, and goes on later', async () => {
  const fake = await fakeApi();
  fake.faults.next(rateLimited(3600), { request: ({ url }) => url.pathname.includes(EVSE) });
  const { code, stderr } = await finish(folder, command('--parallel', '1'), settingsFor(fake));
  expect([code, stderr]).toEqual([75, expect.stringMatching(/^\n.* failed with 429: .*Wait 3600 s.*\n$/)]);
  expect((await finish(folder, command(), settingsFor(fake))).code).toBe(0);
  await expectComplete(fake);
});

test('says in one line that the server is gone, and goes on when it is back', {
  timeout: 60_000,
}, async () => {
  const fake = await startFake({ latency: 40 });
  const program = start(folder, command(), settingsFor(fake));
  await expect.poll(() => program.stdout.split('\n').length, { timeout: 20_000 }).toBeGreaterThan(8);
  await fake.close();
  expect(await program.end).toBe(1);
  expect(program.stderr).toMatch(/^\n[^\n]+ got no complete answer from [^\n]+\n$/);
  const files = (await readdir(file(''))).filter((name) => name.endsWith('.ndjson'));
  expect(files.length).toBeGreaterThan(7);
  for (const name of files) {
    const lines = (await readFile(file(name), 'utf8')).split('\n');
    expect(lines.pop()).toBe('');
    for (const line of lines) JSON.parse(line);
  }
  const back = await fakeApi({ port: Number(new URL(fake.url).port) });
  expect((await finish(folder, command(), settingsFor(back))).code).toBe(0);
  await expectComplete(back);
});

test('takes a date as how far back, for the EVSEs that it has not fetched yet', async () => {
  const fake = await fakeApi();
  const since = (date: string) => ['../backfill-fleet.ts', 'logs', '--since', date];
  expect((await finish(folder, since('2026-06-30'), settingsFor(fake))).code).toBe(0);
  await rm(file(`${EVSE}.ndjson`));
  expect((await finish(folder, since('2026-06-29'), settingsFor(fake))).code).toBe(0);
  const bounds = apiRequests(fake).flatMap(({ path, query }) =>
    path.includes(EVSE) ? [query.get('sampled_at__gte')] : [],
  );
  expect(new Set(bounds)).toEqual(new Set(['2026-06-30T00:00:00.000Z', '2026-06-29T00:00:00.000Z']));
});

test('says that its checkpoint is broken, and leaves the files as they are', async () => {
  const fake = await fakeApi();
  await finish(folder, command(), settingsFor(fake));
  const before = await readFile(file(`${EVSE}.ndjson`), 'utf8');
  await writeFile(file('checkpoint.json'), '{"evse01HSH04');
  const { code, stderr } = await finish(folder, command(), settingsFor(fake));
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^\ncheckpoint\.json is broken: [^\n]+\n$/)]);
  expect(await readFile(file(`${EVSE}.ndjson`), 'utf8')).toBe(before);
});

test.each([
  [['logs', '--parallel', 'all'], /^\n--parallel: 'all' is not a number of EVSEs; see --help\n$/],
  [['logs', '--since', 'yesterday'], /^\n--since: 'yesterday' is not a time in the past; see --help\n$/],
  [['logs', '--since', '2100-01-01'], /^\n--since: '2100-01-01' is not a time in the past; see --help\n$/],
  [['logs', '--reserve', 'some'], /^\nquota\.reserve: .+\n$/],
])('says in one line what is wrong with %j', async (args, message) => {
  const fake = await fakeApi();
  const { code, stderr } = await finish(folder, ['../backfill-fleet.ts', ...args], settingsFor(fake));
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
  expect(fake.requests).toEqual([]);
});
