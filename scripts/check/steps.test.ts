import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runSteps } from './steps.js';

/** Each of the first two waits for a file that the other writes, so they only end if they run in parallel. */
const meet = (mine: string, other: string) =>
  `node -e "const fs = require('fs'); console.log('${mine} one'); fs.writeFileSync('${mine}', ''); const end = setInterval(() => { if (fs.existsSync('${other}')) { clearInterval(end); console.log('${mine} two'); } }, 5)"`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-steps-'));
  const scripts = { a: meet('a', 'b'), b: meet('b', 'a'), wrong: 'echo what is wrong >&2; exit 3' };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ scripts }));
});
afterAll(() => rm(folder, { recursive: true }));

async function steps(...scripts: string[]) {
  let text = '';
  const output = {
    write: (more: string) => {
      text += more;
    },
  };
  return { code: await runSteps(scripts, output, { cwd: folder }), text };
}

it('steps of a check run side by side, and the output of each comes in one piece', async () => {
  const { code, text } = await steps('a', 'b');
  expect(code).toBe(0);
  expect(text).toMatch(/✓ a, \d+ s\na one\na two\n/);
  expect(text).toMatch(/✓ b, \d+ s\nb one\nb two\n/);
  expect(text).toMatch(/\nAll steps pass\n$/);
});

it('a step that fails fails the check, which says so at its end, after the other steps', async () => {
  const { code, text } = await steps('wrong', 'a', 'b');
  expect(code).toBe(1);
  expect(text).toMatch(/✗ wrong, \d+ s\nwhat is wrong\n/);
  expect(text).toContain('✓ a,');
  expect(text).toMatch(/\nFailed: wrong\n$/);
});
