import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fake, startFake } from '../../src/testing/index.js';
import { run } from '../run.js';
import { makeNames } from './makes.js';
import { project } from './project.js';

let folder: string;
let fake: Fake;
let names: string[];

beforeAll(async () => {
  folder = await project();
  fake = await startFake();
  names = await makeNames(fake.url);
});
afterAll(() => fake.close());

async function node(program: string) {
  await copyFile(join(import.meta.dirname, 'consumers', program), join(folder, program));
  return run(process.execPath, [program], { cwd: folder, env: { EV_ENERGY_BASE_URL: fake.url } });
}

describe('the installed package under Node', () => {
  it('serves plain JavaScript', async () => {
    expect(await node('list-makes.mjs')).toEqual({ code: 0, stdout: `${names.join('\n')}\n`, stderr: '' });
  });

  it('serves CommonJS through require', async () => {
    expect(await node('list-makes.cjs')).toEqual({ code: 0, stdout: `${names.join('\n')}\n`, stderr: '' });
  });

  it('has no side effects when it is imported', async () => {
    const { stdout, stderr } = await node('import-all.mjs');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ globals: [], environmentChanged: false, resources: [] });
  });
});
