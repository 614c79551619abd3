import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { EVSE, fakeApi } from '../../../scripts/test/fake.js';
import { scratch } from '../../../scripts/test/files/scratch.js';
import { EvEnergy } from '../../index.js';
import { type Batch, exportCollection, parquetSink } from '../index.js';
import { withPackages } from '../packages.js';

async function bytesOf(file: string): Promise<ArrayBuffer> {
  const bytes = await readFile(file);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
}

const rowsOf = async (file: string) => parquetReadObjects({ file: await bytesOf(file) });

const batchOf = (items: readonly object[], more: Partial<Batch> = {}): Batch => ({
  collection: 'evses.statusLogs',
  parent: [EVSE],
  from: '2026-06-30T00:00:00.000000Z',
  until: '2026-07-01T00:00:00.000000Z',
  by: 'sampled_at',
  items,
  ...more,
});

test('Parquet files have each log once in columns of the types of the document, by EVSE and day', async () => {
  const [fake, folder] = [await fakeApi(), await scratch()];
  const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
  const options = {
    collection: 'evses.statusLogs',
    since: '2026-06-20',
    sink: parquetSink(folder),
    parents: [[EVSE]],
  };
  await exportCollection(ev, { ...options, until: '2026-06-30T10:00:00Z' });
  // A second export joins its logs to those that the day's file has.
  await exportCollection(ev, { ...options, until: '2026-07-02' });
  const days = (await readdir(join(folder, EVSE))).sort();
  expect(days).toEqual(['2026-06-28.parquet', '2026-06-29.parquet', '2026-06-30.parquet']);
  const rows = (await Promise.all(days.map((day) => rowsOf(join(folder, EVSE, day))))).flat();
  const logs = fake.world.store.collection('/evses/{}/status_logs', [EVSE])?.items.toReversed() ?? [];
  expect(rows.length).toBeGreaterThan(10);
  expect(
    rows.map(({ sampled_at, charge_rate_watts, mode, _other }) => [
      sampled_at,
      charge_rate_watts,
      mode,
      _other,
    ]),
  ).toEqual(
    logs
      .filter(({ sampled_at }) => String(sampled_at) >= '2026-06-20')
      .map(({ sampled_at, charge_rate_watts, mode }) => [
        new Date(String(sampled_at)),
        typeof charge_rate_watts === 'number' ? expect.anything() : null,
        mode,
        null,
      ]),
  );
  const { schema } = parquetMetadata(await bytesOf(join(folder, EVSE, '2026-06-30.parquet')));
  const types = Object.fromEntries(
    schema.map(({ name, type, converted_type }) => [name, converted_type ?? type]),
  );
  expect(types).toMatchObject({
    sampled_at: 'TIMESTAMP_MICROS',
    is_charging: 'BOOLEAN',
    evse: 'UTF8',
    _other: 'UTF8',
  });
  expect(['INT64', 'DOUBLE']).toContain(types.charge_rate_watts);
});

test('A window that comes again leaves the same bytes, and a shorter one removes what is gone', async () => {
  const folder = await scratch();
  const [sink, file] = [parquetSink(folder), join(folder, EVSE, '2026-06-30.parquet')];
  const items = ['2026-06-30T09:00:00.000001Z', '2026-06-30T10:00:00Z'].map((sampled_at) => ({ sampled_at }));
  await sink.write(batchOf(items));
  const first = await readFile(file);
  await sink.write(batchOf(items));
  expect(await readFile(file)).toEqual(first);
  await sink.write(batchOf([], { from: '2026-06-30T09:30:00.000000Z' }));
  expect((await rowsOf(file)).map(({ sampled_at }) => sampled_at)).toEqual([
    new Date('2026-06-30T09:00:00Z'),
  ]);
  await sink.write(batchOf([]));
  expect(await rowsOf(file)).toEqual([]);
});

test('What has no column, or does not fit into it, is kept as JSON, also when the file is written again', async () => {
  const folder = await scratch();
  const [sink, file] = [parquetSink(folder), join(folder, EVSE, '2026-06-30.parquet')];
  const odd = JSON.parse(`{
    "sampled_at": "2026-06-30T12:00:00.123456789+02:00", "is_charging": "no", "mode": "half \\ud800 pair",
    "evse": { "id": "evse01" }, "new": [1, null], "__proto__": { "a": 1 }, "_other": "x", "constructor": 0
  }`);
  await sink.write(batchOf([odd]));
  await sink.write(
    batchOf([{ sampled_at: '2026-06-30T11:00:00Z' }], { from: '2026-06-30T10:30:00.000000Z' }),
  );
  const [row] = await rowsOf(file);
  expect(row).toMatchObject({
    sampled_at: new Date('2026-06-30T10:00:00.123Z'),
    is_charging: null,
    mode: null,
    evse: '{"id":"evse01"}',
  });
  const { evse, ...others } = odd;
  expect(JSON.parse(row?._other)).toEqual(others);
});

test('A file that is not Parquet is named in one clear error, and left as it is', async () => {
  const folder = await scratch();
  const sink = parquetSink(folder);
  await sink.write(batchOf([{ sampled_at: '2026-06-30T11:00:00Z' }]));
  const file = join(folder, EVSE, '2026-06-30.parquet');
  await writeFile(file, 'PAR1 of old');
  await expect(sink.write(batchOf([]))).rejects.toThrow(
    `sink: ${file} is not what this sink writes; delete it`,
  );
  expect(await readFile(file, 'utf8')).toBe('PAR1 of old');
});

test('A package that is not installed is named with the command that installs it', async () => {
  const missing: string = 'no-such-package-of-parquet';
  await expect(withPackages('sink: Parquet', 'hyparquet', () => import(missing))).rejects.toThrow(
    "sink: Parquet needs packages that aren't installed: npm install hyparquet",
  );
  const other = new Error('of the package itself');
  await expect(withPackages('sink', 'x', () => Promise.reject(other))).rejects.toBe(other);
});
