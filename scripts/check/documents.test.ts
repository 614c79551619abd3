import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../root.js';
import { run } from '../run.js';

const read = (file: string) => readFile(join(ROOT, file), 'utf8');

describe('the documents for contributors', () => {
  it.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])(
    '%s names files and folders that there are',
    async (file) => {
      const named = [
        ...(await read(file)).matchAll(/`((?:src|scripts|generated|openapi|contract-tests)\/[\w./-]*)`/g),
      ];
      expect(named.length).toBeGreaterThan(5);
      expect(named.map(([, path = '']) => path).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    },
  );

  it('ARCHITECTURE.md has no more words than fit on two printed pages', async () => {
    const text = await read('ARCHITECTURE.md');
    expect(text.split(/\s+/).length).toBeLessThanOrEqual(1_200);
  });

  it('ARCHITECTURE.md names each room of src and scripts', async () => {
    const text = await read('ARCHITECTURE.md');
    const folders = execFileSync('git', ['ls-files', 'src', 'scripts'], { cwd: ROOT, encoding: 'utf8' })
      .split('\n')
      .map((file) => file.split('/'))
      .flatMap(([top, room, file]) => (file ? [`${top}/${room}`] : []));
    for (const folder of new Set(folders)) expect(text).toContain(`\`${folder}`);
  });

  it.each(['src/contract', 'src/testing'])('CONTRIBUTING.md names each room of %s', async (top) => {
    const [, rows = ''] = (await read('CONTRIBUTING.md')).split(`| room of \`${top}/\``);
    const table = rows.slice(0, rows.indexOf('\n\n'));
    const rooms = (await readdir(join(ROOT, top), { withFileTypes: true })).filter((one) =>
      one.isDirectory(),
    );
    for (const { name } of rooms) expect(table).toContain(`\`${name}/\``);
  });

  it('ARCHITECTURE.md has the layers of a request in the order in which they are put together', async () => {
    const code = await read('src/client/send/layers.ts');
    const [, inOrder = ''] = /return compose\(([\s\S]*?)\)\(transport/.exec(code) ?? [];
    const functions = [...inOrder.matchAll(/(?:^\s*|\[)(\w+)\(/gm)].map(([, name]) => name);
    const files = functions.map(
      (name) => new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '\\.(.*)\\.js'`).exec(code)?.[1],
    );
    const told = [...(await read('ARCHITECTURE.md')).matchAll(/^\| .* \| `src\/client\/(.*)\.ts` +\|/gm)];
    const paths = files.map((file) => (file?.startsWith('./') ? file.slice(2) : `send${file}`));
    expect(told.map(([, path]) => path)).toEqual([...paths, 'send/transport']);
  });
});

describe('the check of the commits of a pull request', () => {
  it.each([
    ['Refuse a page size of zero', 0],
    ['x'.repeat(72), 0],
    ['x'.repeat(73), 1],
    ['ä'.repeat(73), 1],
  ])('takes or refuses the subject %s: %i', async (subject, code) => {
    const { jobs } = parse(await read('.github/workflows/ci.yml'));
    const { run: script } = jobs.commits.steps.at(-1);
    const folder = await mkdtemp(join(tmpdir(), 'commits-'));
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
    try {
      git('init', '-q');
      git('commit', '-q', '--allow-empty', '-m', `${'before '.repeat(20)}`);
      const base = String(git('rev-parse', 'HEAD')).trim();
      git('commit', '-q', '--allow-empty', '-m', subject);
      const ended = await run('bash', ['-e', '-c', script], {
        cwd: folder,
        env: { BASE: base, LC_ALL: 'C.UTF-8' },
      });
      expect(ended.code, ended.stderr).toBe(code);
      if (code === 1) expect(ended.stdout).toContain(subject);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
