import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../scripts/test/http-server.js';
import { reportSchema } from '../src/contract/index.js';
import { checkChanged, items } from './kit.js';
import { launch, openReport } from './report-page.js';
import { run } from './terminal.js';

const NOWHERE = ['--base-url', 'http://127.0.0.1:1', '--target', 'live'];
const token = { EV_ENERGY_ACCESS_TOKEN: 'a-secret' };

let folder: string;
const file = (name: string) => join(folder, name);
const reports = () => [
  ...['--report', `json=${file('report.json')}`, '--report', `junit=${file('report.xml')}`],
  ...['--report', `markdown=${file('report.md')}`, '--report', `html=${file('report.html')}`],
];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-failure-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function readJson() {
  const ajv = new Ajv2020({ allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(reportSchema);
  const written = JSON.parse(await readFile(file('report.json'), 'utf8'));
  expect(validate(written), JSON.stringify(validate.errors)).toBe(true);
  return written;
}

test('an answer whose members have the names of methods ends no run', async () => {
  const { violations } = await checkChanged(items((item) => Object.assign(item, { id: { toString: 1 } })));
  expect(new Set(violations.map(({ rule }) => rule))).toContain('body-schema');
});

describe('a run that could not begin', () => {
  beforeAll(async () => {
    expect(await run([...NOWHERE, ...reports()], token)).toMatchObject({ code: 2 });
  });

  test('leaves a JSON report with the reason, as its schema has it', async () => {
    expect(await readJson()).toMatchObject({
      conforms: false,
      error: expect.stringContaining('No answer from'),
      runs: [],
    });
  });

  test('leaves a JUnit report with an error', async () => {
    const xml = await readFile(file('report.xml'), 'utf8');
    expect(xml).toMatch(/<testsuite [^>]*errors="1"/);
    expect(xml).toMatch(/<error message="No answer from http:/);
  });

  test('leaves a Markdown and an HTML report that say so', async () => {
    expect(await readFile(file('report.md'), 'utf8')).toMatch(
      /❌[\s\S]*Could not run:.*No answer from `http[^`]*[^`:]`:/,
    );
    const browser = await launch();
    const { page, errors } = await openReport(browser, file('report.html'), { width: 390 });
    expect(await page.locator('.outcome').textContent()).toMatch(/Could not run: .*No answer from/);
    expect(errors).toEqual([]);
    await browser.close();
  }, 60_000);

  test('shows no secret in any of them', async () => {
    for (const name of ['report.json', 'report.xml', 'report.md', 'report.html'])
      expect(await readFile(file(name), 'utf8')).not.toContain('a-secret');
  });
});

test('a document that cannot be read leaves a report too', async () => {
  const spec = file('missing.yaml');
  expect(await run(['--target', 'fake', '--spec', spec, ...reports()])).toMatchObject({ code: 2 });
  const error = expect.stringContaining('no such file');
  expect(await readJson()).toMatchObject({ error, document: { file: spec } });
});

test('the targets that were checked before the failure are in the report', async () => {
  const few = ['--operation', 'get-evse_makes'];
  const { code } = await run(['--target', 'fake', '--target', 'staging', ...few, ...reports()]);
  expect(code).toBe(2);
  const { conforms, error, runs } = await readJson();
  expect({ conforms, error }).toEqual({
    conforms: false,
    error: expect.stringContaining('needs credentials'),
  });
  expect(runs).toMatchObject([{ conforms: true, target: { name: 'fake' } }]);
  expect(await readFile(file('report.xml'), 'utf8')).toMatch(/<error [\s\S]*<testsuite name="fake: /);
});

test('traffic that verifies nothing is no pass in the report', async () => {
  await writeFile(file('empty.har'), '{"log":{"entries":[]}}');
  expect(await run(['verify', file('empty.har'), ...reports()])).toMatchObject({ code: 2 });
  expect(await readJson()).toMatchObject({ conforms: false, error: expect.stringContaining('nothing was') });
});

test('a report that cannot be written does not hide why the run failed', async () => {
  // That it can be written is tried before the first request; what comes later is found out at the end.
  const path = file('later.json');
  const server = await serve(async () => {
    await mkdir(path, { recursive: true });
    return { cut: 'before' };
  });
  const { code, stderr } = await run(['--base-url', server.url, '--report', `json=${path}`], token);
  expect(code).toBe(2);
  expect(stderr).toMatch(/is unavailable[\s\S]*json report can't be written/);
});
