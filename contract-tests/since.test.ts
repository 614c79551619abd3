import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFake } from '../src/testing/index.js';
import type { Body } from './kit.js';
import { launch, openReport } from './report-page.js';
import { run } from './terminal.js';

let folder: string;
let good: Body[];
let headers: { name: string; value: string }[];
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-since-'));
  const fake = await createFake({ linkBase: 'https://api.ev.energy/v2' });
  const answer = await fake.fetch(`${fake.url}/evse_makes?page_size=3`);
  good = (await answer.json()) as Body[];
  headers = [...answer.headers].map(([name, value]) => ({ name, value }));
  await fake.close();
});
afterAll(() => rm(folder, { recursive: true }));

/** Verifies recorded traffic in which items have something changed. */
async function verify(change: Record<number, object>, ...args: string[]) {
  const body = JSON.stringify(good.map((item, index) => ({ ...item, ...change[index] })));
  const request = { method: 'GET', url: 'https://api.ev.energy/v2/evse_makes?page_size=3', headers: [] };
  const response = { status: 200, headers, content: { size: body.length, text: body } };
  await writeFile(
    file('traffic.har'),
    JSON.stringify({ log: { entries: [{ request, response, time: 120 }] } }),
  );
  return run(['verify', file('traffic.har'), ...args]);
}

test('what is new since an earlier report is told, and what is gone, in all reports', async () => {
  const report = file('report.json');
  await verify({ 0: { name: 7 }, 1: { is_beta: 'no' } }, '--report', `json=${report}`);
  const kinds = ['json', 'markdown', 'html', 'junit'].flatMap((kind) => [
    '--report',
    `${kind}=${file(`new.${kind}`)}`,
  ]);
  const { code, stdout } = await verify({ 2: { name: 7, display_name: 8 } }, '--since', report, ...kinds);
  expect(code).toBe(1);
  const lines = stdout.split('\n').map((line) => line.trim());
  const causes = stdout.split('\n✗ ').filter((part) => part.startsWith('body-schema'));
  expect(causes.filter((part) => /\n {2}GET \/evse_makes {2}new\n/.test(part))).toMatchObject([
    expect.stringContaining('display_name'),
  ]);
  expect(lines.join(' ')).toMatch(
    /\+ since \S*report\.json of \d{4}-\d\d-\d\d \d\d:\d\d UTC: +1 cause, 1 answer new, 1 violation gone/,
  );

  const { since, runs } = JSON.parse(await readFile(file('new.json'), 'utf8'));
  expect(since).toEqual({ file: report, date: expect.stringMatching(/^\d{4}-/) });
  expect(runs[0].violations.map((one: Body) => [one.where, one.new])).toEqual([
    ['body /2/name', false],
    ['body /2/display_name', true],
  ]);
  expect(runs[0].gone).toEqual([
    { rule: 'body-schema', operation: expect.any(String), where: 'body /1/is_beta' },
  ]);
  expect(await readFile(file('new.markdown'), 'utf8')).toMatch(/1 cause, 1 answer new, 1 violation gone/);
  expect(await readFile(file('new.junit'), 'utf8')).toMatch(/display_name: expected .*, new/);

  const browser = await launch();
  const { page, errors } = await openReport(browser, file('new.html'));
  const articles = page.locator('section.violations article');
  expect(await articles.filter({ visible: true }).count()).toBe(2);
  await page.getByLabel('only what is new').check();
  expect(await articles.filter({ visible: true }).allTextContents()).toEqual([
    expect.stringContaining('display_name'),
  ]);
  expect(await page.locator('header .made').textContent()).toContain('New since');
  expect(await page.locator('details.gone').textContent()).toContain('is_beta');
  expect(errors).toEqual([]);
  await browser.close();
}, 60_000);

test('the earlier report may be in the place of the new one', async () => {
  const report = file('same.json');
  const args = ['--report', `json=${report}`];
  await verify({ 0: { name: 7 } }, ...args);
  const { stdout } = await verify({ 0: { name: 7 } }, ...args, '--since', report);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(/= since \S*same\.json of .*: nothing new, 0 violations gone/);
});

test.each([
  ['missing.json', undefined, /no such file/],
  ['text.json', 'no JSON', /is not the JSON report of an earlier run: --report json=FILE writes one/],
  ['other.json', '{"version":1}', /is not the JSON report of an earlier run/],
  ['later.json', '{"version":2,"runs":[]}', /is a report of version 2, and this reads version 1/],
])(
  'an earlier report that cannot be compared with gives one clear error: %s',
  async (name, content, message) => {
    if (content !== undefined) await writeFile(file(name), content);
    const { code, stdout, stderr } = await verify({}, '--since', file(name));
    expect(stderr.replace(/\s+/g, ' ')).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  },
);
