import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parquetReadObjects } from 'hyparquet';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../../scripts/root.js';
import { outerEnvironment } from '../../scripts/run.js';
import { settingsFor } from '../../scripts/test/example.js';
import { apiRequests, fakeApi } from '../../scripts/test/fake.js';
import { scratch } from '../../scripts/test/files/scratch.js';
import { SINCE, served, UNTIL, written } from '../../scripts/test/fleet/exported.js';

/** How often the export is killed. */
const KILLS = 30;

test('An export that is killed thirty times, at any moment, has each log once in NDJSON, CSV and Parquet', {
  timeout: 600_000,
}, async () => {
  const [fake, folder] = [await fakeApi({ statusLogs: 2_000, latency: 40 }), await scratch()];
  // Not compiled: Parquet looks the document up by the package's name, which a bundle in a cache has none of.
  const program = join(ROOT, 'scripts/test/fleet/exporter.ts');
  let complaints = '';
  const start = async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', program], {
      cwd: ROOT,
      env: { ...outerEnvironment(), ...settingsFor(fake), SINK: folder, SINCE, UNTIL },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    await once(child.stdout, 'data');
    return { child, ended };
  };
  for (let kills = 0; kills < KILLS; kills += 1) {
    const enough = apiRequests(fake).length + Math.random() * 80;
    const { child, ended } = await start();
    await Promise.race([
      ended,
      expect.poll(() => apiRequests(fake).length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(enough),
    ]);
    await sleep(Math.random() * 40);
    child.kill('SIGKILL');
    await ended;
  }
  const killed = apiRequests(fake).length;
  const { ended } = await start();
  const [code] = await ended;
  expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
  const all = served(fake);
  const times = all.map((line) => JSON.parse(line)).map(({ evse, sampled_at }) => `${evse} ${sampled_at}`);
  console.log(JSON.stringify({ logs: all.length, requests: apiRequests(fake).length, killed }));
  expect(await written(join(folder, 'ndjson'))).toEqual(all);
  expect(await fromCsv(join(folder, 'csv'))).toEqual(times.sort());
  expect(await fromParquet(join(folder, 'parquet'))).toEqual(times.map(inMilliseconds).sort());
});

async function filesIn(folder: string): Promise<Buffer[]> {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    names.filter((name) => /\.(csv|parquet)$/.test(name)).map((name) => readFile(join(folder, name))),
  );
}

async function fromCsv(folder: string): Promise<string[]> {
  const rows = (await filesIn(folder)).flatMap((bytes) => {
    const [head = '', ...lines] = bytes.toString().trimEnd().split('\r\n');
    const names = head.split(',');
    return lines
      .map((line) => line.split(','))
      .map((cells) => `${cells[names.indexOf('evse')]} ${cells[names.indexOf('sampled_at')]}`);
  });
  return rows.sort();
}

async function fromParquet(folder: string): Promise<string[]> {
  const rows = await Promise.all(
    (await filesIn(folder)).map((bytes) => parquetReadObjects({ file: new Uint8Array(bytes).buffer })),
  );
  return rows
    .flat()
    .map(({ evse, sampled_at }) => `${evse} ${(sampled_at as Date).toISOString()}`)
    .sort();
}

/** A time as a `Date` writes it, which is what the reader of Parquet gives. */
function inMilliseconds(text: string): string {
  return text.replace(/\.\d+Z$/, (fraction) => `${`${fraction.slice(0, -1)}000`.slice(0, 4)}Z`);
}
