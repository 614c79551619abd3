import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evEnergy as command } from '../../../scripts/test/cli/ev-energy.js';
import { apiRequests, EVSE, fakeApi } from '../../../scripts/test/fake.js';
import { scratch } from '../../../scripts/test/files/scratch.js';
import { startRedis } from '../../../scripts/test/servers/redis.js';

const EXPORT = ['export', 'evses.status-logs', '--since', '2026-06-20', '--until', '2026-07-02'];

test('ev-energy export writes files, says what it takes and has done, and asks for what is new the next time', async () => {
  const [fake, out] = [await fakeApi({ rateLimit: 1000 }), await scratch()];
  const first = await command(fake, [...EXPORT, '--out', out]);
  expect(first).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+ items of 36 parents, in \d+ windows and \d+ requests\n$/),
  });
  expect(first.stderr).toMatch(
    /^evses\.statusLogs of 36 parents: about \d+ items in \d+ windows, \d+ requests; \d+ requests are left of this hour/,
  );
  expect(first.stderr).toMatch(/requests\/h\n$/);
  expect(await readdir(join(out, EVSE))).toEqual([
    '2026-06-28.ndjson',
    '2026-06-29.ndjson',
    '2026-06-30.ndjson',
  ]);
  const again = await command(fake, [...EXPORT, '--out', out]);
  expect(again.stdout).toMatch(/^0 items of 36 parents/);
});

test('ev-energy export --format csv takes one parent and an expansion', async () => {
  const [fake, out] = [await fakeApi(), await scratch()];
  const { code } = await command(fake, [
    ...EXPORT,
    '--out',
    out,
    '--format',
    'csv',
    '--parent',
    EVSE,
    '--query',
    'expand=evse',
    '--query',
    'expand=evse.model',
  ]);
  expect(code).toBe(0);
  expect(await readFile(join(out, EVSE, '2026-06-30.csv'), 'utf8')).toMatch(/"\{""id"":""evse/);
  expect(apiRequests(fake)[0]?.query.getAll('expand')).toEqual(['evse', 'evse.model']);
});

test('ev-energy export takes the words that list a collection, too', async () => {
  const [fake, out] = [await fakeApi(), await scratch()];
  const [name = '', collection = '', ...rest] = EXPORT;
  const words = [name, ...collection.split('.'), ...rest, '--out', out, '--dry-run'];
  expect((await command(fake, words)).stdout).toMatch(/^evses\.statusLogs of \d+ parents/);
});

test('ev-energy export --dry-run says what it would take on standard output, and writes nothing', async () => {
  const [fake, out] = [await fakeApi(), await scratch()];
  const { code, stdout } = await command(fake, [...EXPORT, '--out', out, '--dry-run', '--cadence', '10m']);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^evses\.statusLogs of 36 parents: about 62208 items/),
  });
  expect(await readdir(out)).toEqual([]);
});

test('ev-energy export shows its progress on a terminal in one line of at most 79 columns', async () => {
  const [fake, out] = [await fakeApi(), await scratch()];
  const { stderr } = await command(fake, [...EXPORT, '--out', out, '--parent', EVSE], { isTTY: true });
  const lines = stderr.split('\n').at(-1)?.split('\r') ?? [];
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(line.length).toBeLessThan(80);
});

test('ev-energy export --stop-when-empty ends with 75, and goes on later', async () => {
  const [fake, out] = [await fakeApi({ rateLimit: 20 }), await scratch()];
  const { code, stderr } = await command(fake, [
    ...EXPORT,
    '--out',
    out,
    '--stop-when-empty',
    '--reserve',
    '5',
    '--cadence',
    '10m',
  ]);
  expect([code, stderr]).toEqual([75, expect.stringContaining('quota.reserve keeps 5')]);
  expect(apiRequests(fake)).toHaveLength(15);
  const again = [...EXPORT, '--out', out, '--cadence', '10m'];
  const other = await command(fake, [...again, '--since', '2026-06-21']);
  expect([other.code, other.stderr]).toEqual([2, expect.stringMatching(/^since: 2026-06-21/)]);
  const never = await command(fake, [...again, '--reserve', '20']);
  expect([never.code, never.stderr]).toEqual([2, expect.stringContaining('is not below the limit of 20')]);
});

test('ev-energy export --format parquet says that it goes on with an export that was interrupted', async () => {
  const [fake, out] = [await fakeApi({ latency: 20 }), await scratch()];
  const args = [
    ...EXPORT,
    '--out',
    out,
    '--format',
    'parquet',
    '--cadence',
    '10m',
    '--parent',
    EVSE,
    '--window',
    '1d',
  ];
  const stop = new AbortController();
  const running = command(fake, args, { signal: stop.signal });
  await expect.poll(() => apiRequests(fake).length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(2);
  stop.abort();
  expect(await running).toMatchObject({ code: 130 });
  const { code, stderr, stdout } = await command(
    fake,
    args.map((arg) => (arg === '2026-06-20' ? '3000d' : arg)),
  );
  expect({ code, stderr, stdout }).toEqual({
    code: 0,
    stderr: expect.stringMatching(
      /^Continues the export begun at 20\S+Z, of 2026-06-20T\S+ to 2026-07-02T\S+\nevses\.statusLogs of 1 parent: about/,
    ),
    stdout: expect.stringMatching(/^\d+ items of 1 parent, in \d+ windows? and \d+ requests?\n$/),
  });
  expect(await readdir(join(out, EVSE))).toContain('2026-06-30.parquet');
});

test('ev-energy export that is interrupted says that the same command goes on', async () => {
  const [fake, out] = [await fakeApi({ latency: 50 }), await scratch()];
  const stop = new AbortController();
  const running = command(fake, [...EXPORT, '--out', out], { signal: stop.signal });
  await expect.poll(() => apiRequests(fake).length, { timeout: 10_000 }).toBeGreaterThan(5);
  stop.abort();
  expect(await running).toMatchObject({
    code: 130,
    stderr: expect.stringMatching(/Interrupted\. The same command goes on\.\n$/),
  });
});

test('ev-energy export --redis shares the work through a queue', async () => {
  const [fake, out, redis] = [await fakeApi(), await scratch(), await startRedis()];
  const plan = () =>
    command(fake, [...EXPORT, '--out', out, '--redis', redis.url, '--dry-run', '--cadence', '10m']);
  expect((await plan()).stdout).toMatch(/^evses\.statusLogs of 36 parents: about 62208 items in 36 windows/);
  const { code, stdout } = await command(fake, [...EXPORT, '--out', out, '--redis', redis.url]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+ items of 36 parents/) });
  expect(await readdir(out)).toContain(EVSE);
  // What the queue had, is not planned again.
  expect((await plan()).stdout).toMatch(/^evses\.statusLogs of 36 parents: about 0 items in 0 windows/);
});

test('ev-energy export --help says what its exit codes mean', async () => {
  const { stdout } = await command(undefined, ['export', '--help']);
  expect(stdout).toContain('Exit codes: 0 done');
});

test.each([
  [[], /^Usage: ev-energy /],
  [['export'], /required option '--out <folder>' not specified/],
  [['export', '--out', 'x', '--since', '1d'], /missing required argument 'collection'/],
  [['export', 'evses.status-logs'], /required option '--out <folder>' not specified/],
  [[...EXPORT, '--out', 'x', '--overlap', 'long'], /--overlap.*Write it as 90s, 15m, 36h or 7d/],
  [[...EXPORT, '--out', 'x', '--outt'], /unknown option '--outt'/],
  [[...EXPORT, '--out', 'x', '--prefix', 'other:'], /^--prefix names keys in Redis: give --redis too/],
  [[...EXPORT, '--out', '/dev/null/x'], /^sink: '\/dev\/null\/x' can't be written/],
  [['export', 'tariffs', '--out', 'x', '--since', '1d'], /^collection: 'tariffs' is not a collection/],
  [['export', 'evses.status-logs', '--out', 'x', '--since', 'later'], /^since: 'later' is not a time/],
])('%j ends with 2, one clear error and no request', async (args, message) => {
  const fake = await fakeApi();
  const result = await command(fake, args);
  expect(result.code).toBe(2);
  // What is longer than 80 columns goes on in the next line.
  expect(result.stderr.replaceAll('\n', ' ')).toMatch(message);
  expect(fake.requests).toEqual([]);
});
