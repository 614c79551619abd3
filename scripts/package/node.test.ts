import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fake, startFake } from '../../src/testing/index.js';
import { run } from '../run.js';
import { makeNames } from './makes.js';
import { project } from './project.js';

let folder: string;
let withUndici: string;
let fake: Fake;
let names: string[];

beforeAll(async () => {
  folder = await project();
  withUndici = await project({}, ['undici']);
  fake = await startFake();
  names = await makeNames(fake.url);
});
afterAll(() => fake.close());

async function node(program: string, cwd = folder) {
  await copyFile(join(import.meta.dirname, 'consumers', program), join(cwd, program));
  return run(process.execPath, [program], { cwd, env: { EV_ENERGY_BASE_URL: fake.url } });
}

describe('the installed package under Node', () => {
  it('serves plain JavaScript', async () => {
    expect(await node('list-makes.mjs')).toEqual({ code: 0, stdout: `${names.join('\n')}\n`, stderr: '' });
  });

  it('serves CommonJS through require', async () => {
    expect(await node('list-makes.cjs')).toEqual({ code: 0, stdout: `${names.join('\n')}\n`, stderr: '' });
  });

  it('sends over undici where that is installed beside it', async () => {
    const result = await node('through-undici.mjs', withUndici);
    expect(result).toEqual({ code: 0, stdout: `${names.join('\n')}\n`, stderr: '' });
  });

  it('fails as Node does for a missing package where undici is imported and not installed', async () => {
    const { code, stdout, stderr } = await node('through-undici.mjs');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/ERR_MODULE_NOT_FOUND.*Cannot find package 'undici'/);
  });

  it('has no side effects when it is imported', async () => {
    const { stdout, stderr } = await node('import-all.mjs');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ globals: [], environmentChanged: false, resources: [] });
  });
});
