import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { outerEnvironment } from '../../scripts/run.js';
import { settingsFor } from '../../scripts/test/example.js';
import { EVSE, fakeApi } from '../../scripts/test/fake.js';
import { compiled } from '../../scripts/test/fleet/start-fleet.js';
import { startRedis } from '../../scripts/test/servers/redis.js';

test('A producer queues, workers fill the folder that they share, and end when they are told', async () => {
  const [fake, redis] = [await fakeApi(), await startRedis()];
  const folder = await mkdtemp(join(tmpdir(), 'fleet-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const start = async (program: string) => {
    const child = spawn(process.execPath, [await compiled(`examples/fleet/${program}`)], {
      env: {
        ...outerEnvironment(),
        ...settingsFor(fake),
        REDIS_URL: redis.url,
        SINK: folder,
        SINCE: '2026-06-20',
      },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    return {
      child,
      end: new Promise<[code: number | null, output: string]>((resolve) =>
        child.on('close', (code) => resolve([code, output])),
      ),
    };
  };
  const workers = [await start('worker.ts'), await start('worker.ts')];
  const producer = await start('producer.ts');
  expect(await producer.end).toEqual([
    0,
    expect.stringMatching(/^\d+ windows of 36 EVSEs: about \d+ requests\n$/),
  ]);
  await expect
    .poll(async () => (await readdir(join(folder, EVSE)).catch(() => [])).length, { timeout: 25_000 })
    .toBe(3);
  for (const { child } of workers) child.kill('SIGTERM');
  for (const { end } of workers) expect(await end).toEqual([0, 'works\n']);
  expect(fake.requests.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1);
});

test('The compose file starts the programs that there are', async () => {
  const compose = await readFile(join(import.meta.dirname, 'compose.yaml'), 'utf8');
  const programs = [...compose.matchAll(/tsx (\S+\.ts)/g)].map(([, name]) => name);
  expect(programs).toEqual(['producer.ts', 'worker.ts']);
  const { services } = parse(compose, { merge: true });
  expect(Object.keys(services)).toEqual(['redis', 'producer', 'worker']);
  for (const { build } of [services.producer, services.worker])
    expect(build.dockerfile_inline).toContain('npm install ./ev-energy-client-*.tgz bullmq ioredis tsx');
});
