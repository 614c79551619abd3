import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Fake, startFake } from '../../src/testing/index.js';
import { run } from '../run.js';
import { makeNames } from './makes.js';
import { project, tool } from './project.js';
import { startWorkerd } from './workerd.js';

let folder: string;
let fake: Fake;
let listing: string;

beforeAll(async () => {
  const consumer = (name: string) => readFile(join(import.meta.dirname, 'consumers', name), 'utf8');
  folder = await project({
    'list-makes.mjs': await consumer('list-makes.mjs'),
    'worker.js': await consumer('worker.js'),
  });
  fake = await startFake();
  listing = (await makeNames(fake.url)).join('\n');
});
beforeEach(() => {
  fake.requests.length = 0;
});
afterAll(() => fake.close());

const environment = () => ({
  EV_ENERGY_BASE_URL: fake.url,
  EV_ENERGY_CLIENT_ID: fake.clientId,
  EV_ENERGY_CLIENT_SECRET: fake.clientSecret,
});

describe('the installed package in other runtimes', { timeout: 120_000 }, () => {
  it.each([
    ['Bun', ['bun', 'run']],
    ['Deno', ['deno', 'run', '--no-prompt', '--allow-net=127.0.0.1', '--allow-env']],
  ])('serves %s', async (_name, [command = '', ...args]) => {
    const result = await run(tool('.bin', command), [...args, 'list-makes.mjs'], {
      cwd: folder,
      env: environment(),
    });
    expect(fake.requests.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1);
    expect(result).toEqual({ code: 0, stdout: `${listing}\n`, stderr: '' });
  });

  it('serves workerd, with nothing of Node', async () => {
    await build({
      entryPoints: [join(folder, 'worker.js')],
      outfile: join(folder, 'bundle.js'),
      bundle: true,
      format: 'esm',
      conditions: ['workerd', 'worker'],
      logLevel: 'silent',
    });
    const worker = await startWorkerd(tool('.bin', 'workerd'), folder, 'bundle.js', environment());
    try {
      const response = await fetch(worker.url);
      expect(await response.text()).toBe(listing);
      expect(fake.requests.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1);
    } finally {
      await worker.close();
    }
  });
});
