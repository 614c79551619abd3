import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from './run.js';

/** A folder in which the programs leave word. */
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ev-energy-run-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a program that a signal ends', () => {
  it.each([
    ['has time to put its things away', `trap 'touch put-away; kill $!; exit 1' TERM`, ['put-away', 'up']],
    ['ends all the same where it takes no notice', `trap '' TERM`, ['up']],
  ])('%s', { timeout: 10_000 }, async (_, onTerm, left) => {
    const controller = new AbortController();
    const program = `${onTerm}; sleep 60 & touch up; wait`;
    const ended = run('sh', ['-c', program], { cwd: folder, signal: controller.signal });
    await vi.waitFor(() => access(join(folder, 'up')), { timeout: 5_000, interval: 5 });
    controller.abort(new Error('stopped'));
    await expect(ended).rejects.toThrow('stopped');
    expect((await readdir(folder)).sort()).toEqual(left);
  });
});
