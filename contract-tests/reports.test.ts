import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CheckResult, type Report, reportOf, reportSchema } from '../src/contract/index.js';
import { htmlReport } from '../src/contract/report/html/page.js';
import { markdownReport } from '../src/contract/report/markdown.js';
import { terminalReport } from '../src/contract/report/terminal/terminal.js';
import { writeReports } from '../src/contract/report/write.js';
import { reset } from '../src/testing/index.js';
import { checkChanged, contract, errors, items, oneItem, to } from './kit.js';
import { launch, type Opened, openReport } from './report-page.js';

const EVIL = '</script><script>document.title="owned"</script> | `x` & "y"';

let folder: string;
let results: CheckResult[];
let report: Report;
const file = (name: string) => join(folder, 'reports', name);
const read = (name: string) => readFile(file(name), 'utf8');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-reports-'));
  const good = await checkChanged({});
  const bad = await checkChanged({
    tamper(response, context) {
      const wrong = oneItem(
        ({ name }) => name === 'Zephyr',
        (make) => Object.assign(make, { name: 7, icon: EVIL, email: 'somebody@example.com', mark: EVIL }),
      );
      wrong.tamper?.(response, context);
      errors((error, { request }) => {
        Object.assign(error.body as object, { detail: `You sent ${request.headers.authorization}. ${EVIL}` });
        (error.body as { status: number }).status = 500;
      }).tamper?.(response, context);
    },
  });
  results = [
    good,
    { ...bad, target: { ...bad.target, name: 'staging', title: 'https://staging.example.com' } },
  ];
  report = reportOf(results);
  await writeReports(results, [
    { kind: 'json', path: file('report.json') },
    { kind: 'junit', path: file('report.xml') },
    { kind: 'markdown', path: file('report.md') },
    { kind: 'html', path: file('report.html') },
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

test('the JSON report is described by its schema', async () => {
  const ajv = new Ajv2020({ allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(reportSchema);
  const written = JSON.parse(await read('report.json'));
  expect(validate(written), JSON.stringify(validate.errors)).toBe(true);
  expect(written).toEqual(JSON.parse(JSON.stringify({ ...report, date: written.date })));
  expect(written).toMatchObject({ version: 1, conforms: false });
  expect(validate({ ...written, version: 2 })).toBe(false);
});

test.each([
  [join(process.cwd(), 'openapi', 'api.yaml'), join('openapi', 'api.yaml')],
  ['/elsewhere/api.yaml', '/elsewhere/api.yaml'],
  ['../api.yaml', '../api.yaml'],
])('a document at %s is named %s', (name, shown) => {
  const moved = reportOf(results.map((result) => ({ ...result, contract: { ...contract, name } })));
  expect(moved.document.file).toBe(shown);
  expect(htmlReport(moved)).not.toContain(process.cwd());
});

test('each violation comes with its exchange and its line in the document', () => {
  const [, bad] = report.runs;
  const violation = bad?.violations.find(({ rule }) => rule === 'body-schema');
  expect(violation).toMatchObject({ where: 'body /8/name', expected: 'string', found: '7' });
  expect(violation?.line).toBeGreaterThan(100);
  const exchange = bad?.exchanges.find(({ number }) => number === violation?.exchange);
  expect(exchange?.request.url).toContain('/evse_makes');
  expect(exchange?.response.status).toBe(200);
});

test.each(['report.json', 'report.xml', 'report.md', 'report.html'])(
  '%s shows no secret and no address',
  async (name) => {
    const text = await read(name);
    expect(text).not.toMatch(/Bearer fake/);
    expect(text).not.toContain('somebody@example.com');
    for (const { target } of results) {
      for (const secret of [target.tokens.token, target.oauth?.clientSecret])
        expect(text).not.toContain(secret);
    }
  },
);

test('the JUnit report counts what failed', async () => {
  const xml = await read('report.xml');
  const failures = [...xml.matchAll(/<testsuite [^>]*failures="(\d+)"/g)].reduce(
    (sum, match) => sum + Number(match[1]),
    0,
  );
  expect(failures).toBe(xml.match(/<failure /g)?.length);
  expect(failures).toBeGreaterThan(1);
  // Well-formed: each tag is closed, and what came over the wire is text.
  const tags = [...xml.matchAll(/<(\/?)([a-z]+)((?:\s[a-z]+="[^"<]*")*)\s*(\/?)>/g)];
  const open: string[] = [];
  for (const [, closing, name = '', , alone] of tags) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!alone) open.push(name);
  }
  expect(open).toEqual([]);
  expect(xml.replace(/<\/?[a-z]+(?:\s[a-z]+="[^"<]*")*\s*\/?>|<\?xml[^>]*\?>/g, '')).not.toContain('<');
});

test('the JUnit report says how long the requests of each check took', async () => {
  const xml = await read('report.xml');
  const times = [...xml.matchAll(/<testcase [^>]*name="succeeds" time="([\d.]+)"/g)].map(([, time]) =>
    Number(time),
  );
  expect(times.length).toBeGreaterThan(3);
  expect(Math.max(...times)).toBeGreaterThan(0);
  for (const [, suite = '', cases = ''] of xml.matchAll(
    /<testsuite [^>]* time="([\d.]+)"([\s\S]*?)<\/testsuite>/g,
  )) {
    const sum = [...cases.matchAll(/<testcase [^>]*time="([\d.]+)"/g)].reduce(
      (all, [, time]) => all + Number(time),
      0,
    );
    expect(sum).toBeCloseTo(Number(suite), 3);
  }
});

test('rules of one scenario share the time of its requests, and who looks at the answers of others has none', () => {
  const [good] = results;
  const spentOn = (id: string) =>
    good?.verdicts.filter(({ rule }) => rule === id).reduce((sum, { seconds = 0 }) => sum + seconds, 0);
  expect(spentOn('walk-order')).toBeGreaterThan(0);
  expect(spentOn('walk-once')).toBe(spentOn('walk-order'));
  expect(spentOn('body-schema')).toBe(0);
});

test('each violation comes with a line that sends its request again, and no secret', () => {
  const violations = report.runs.flatMap((run) => run.violations).filter(({ exchange }) => exchange !== null);
  expect(violations.length).toBeGreaterThan(10);
  for (const { method, url, curl } of violations) {
    expect(curl).toContain(`-X ${method} `);
    expect(curl?.replaceAll("'", '')).toContain(`${url}`);
  }
});

test('a request that no answer came for has a line that sends it again, too', async () => {
  const result = await checkChanged({
    prepare: (fake) =>
      fake.faults.plan(({ url }) => (url.searchParams.has('available_for_user_id') ? reset() : undefined)),
  });
  const silent = reportOf([result]).runs[0]?.violations.find(({ rule }) => rule === 'answers');
  expect(silent?.curl).toMatch(/^curl -i -X GET 'http[^']+\?[^']*available_for_user_id=[^']+' /);
  expect(silent?.curl).toContain('Bearer $EV_ENERGY_ACCESS_TOKEN"');
  const text = terminalReport(result, { colours: false, verbose: false });
  expect(text).toMatch(/→ no answer\n {2}curl -i -X GET 'http/);
});

test('values stand whole in the JSON report, and are cut in the others', async () => {
  const long = 'x'.repeat(5000);
  const wrong = await checkChanged(
    oneItem(
      ({ name }) => name === 'Zephyr',
      (make) =>
        Object.assign(make, { name: [long, 'the end'], icon: { email: 'somebody@example.com', phone: '1' } }),
    ),
  );
  const json = reportOf([wrong]);
  const found = json.runs[0]?.violations.map((one) => one.found);
  expect(found).toContain(JSON.stringify([long, 'the end']));
  expect(found).toContain('{"email":"[redacted]","phone":"[redacted]"}');
  for (const text of [
    terminalReport(wrong, { colours: false, verbose: true }),
    markdownReport(json),
    htmlReport(json).replace(/<details class="exchange">[\s\S]*?<\/details>/g, ''),
  ]) {
    expect(text).toContain('xxx');
    expect(text).not.toContain(long);
  }
});

test('an answer counts once, however much of it is wrong', async () => {
  const result = await checkChanged(
    items((make) => Object.assign(make, { name: 7, icon: 8 }), to('/evse_makes')),
    { operations: contract.operations.filter(({ path }) => path === '/evse_makes') },
  );
  const schema = result.violations.filter(({ rule }) => rule === 'body-schema');
  const answers = new Set(schema.map(({ exchange }) => exchange?.number)).size;
  expect(schema.length).toBeGreaterThan(10 * answers);
  const only = { ...result, violations: schema };
  expect(terminalReport(only, { colours: false, verbose: false })).toContain(
    `✗ 2 causes, ${answers} answers of ${result.target.title}`,
  );
  expect(markdownReport(reportOf([only]))).toContain(`### 2 causes, ${answers} answers of`);
  expect(htmlReport(reportOf([only]))).toContain(`<h2>2 causes, ${answers} answers of`);
});

test('the Markdown report is a table for each target, and text stays text', async () => {
  const text = await read('report.md');
  expect(text).toMatch(/^## ❌ Contract: ev\\?\.energy v2 API/);
  expect(text).toMatch(/\| the fake \| conforms \|/);
  expect(text.replace(/(`+)[^`].*?\1/g, '')).not.toMatch(/(?<!\\)<script/);
  const rows = text.split('\n').filter((line) => /^\| `[\w-]+`/.test(line));
  const columns = (row: string) => row.replaceAll('\\|', '').split('|').length;
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.filter((row) => row.includes('`body-schema`'))).toHaveLength(2);
  expect(new Set(rows.map(columns))).toEqual(new Set([9]));
});

describe('the HTML report', () => {
  let browser: Browser;
  /** The report on a wide screen; who changes what it shows puts it back. */
  let opened: Opened;
  beforeAll(async () => {
    browser = await launch();
    opened = await openReport(browser, file('report.html'));
  }, 60_000);
  afterAll(() => browser?.close());

  test('is one page without script errors, and what a server sent is not run', async () => {
    const { page, errors, loaded } = opened;
    expect(errors).toEqual([]);
    expect(loaded.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
    expect(await page.title()).toBe('Contract: ev.energy v2 API 2.0');
  });

  test('has the matrix of operations, rules and targets', async () => {
    const { page } = opened;
    const rows = page.locator('table.matrix tbody tr');
    expect(await rows.count()).toBe(8);
    expect(await page.locator('table.matrix thead th a').count()).toBeGreaterThan(60);
    await page.locator('table.matrix a.is-broken').first().click();
    expect(page.url()).toContain('#finding-staging-');
    await page.getByLabel('Filter operations').fill('status_logs');
    expect(await rows.filter({ visible: true }).count()).toBe(2);
    await page.getByLabel('Filter operations').fill('');
  });

  test('shows the exchange behind a violation, the place in the document and the coverage', async () => {
    const { page } = opened;
    const article = page.locator('article', { hasText: 'body-schema' }).first();
    await article.locator('summary').click();
    expect(await article.locator('.exchange pre').first().textContent()).toContain('[redacted]');
    expect(await article.locator('.exchange mark').allTextContents()).toEqual([
      expect.stringContaining('"name": 7'),
    ]);
    expect(await article.locator('.curl code').textContent()).toMatch(
      /^curl -i -X GET \S*\/evse_makes\S* .*"Authorization: Bearer \$EV_ENERGY_ACCESS_TOKEN"/,
    );
    await article.locator('summary').click();
    expect(await article.textContent()).toMatch(/line \d+ #\/components\/schemas\/EVSEMake/);
    const chips = page.locator('.chip');
    expect(await chips.filter({ hasText: 'evse.model.make' }).first().getAttribute('class')).toContain('met');
    expect(await chips.filter({ hasText: '429' }).first().getAttribute('class')).not.toContain('met');
  });

  test('is filtered by text and by rule', async () => {
    const { page, errors } = opened;
    const articles = page.locator('section.violations article');
    const all = await articles.count();
    const shown = () => articles.filter({ visible: true });
    await page.getByLabel('Filter by rule').selectOption('body-schema');
    expect(await shown().count()).toBe(2);
    await page.getByLabel('Filter by text').fill('/NAME');
    expect(await shown().count()).toBe(1);
    await page.getByLabel('Filter by text').fill('nowhere to be found');
    expect(await shown().count()).toBe(0);
    expect(await page.getByText('Nothing here fits the filter.').isVisible()).toBe(true);
    await page.getByLabel('Filter by text').fill('');
    await page.getByLabel('Filter by rule').selectOption('all rules');
    expect(await shown().count()).toBe(all);
    expect(errors).toEqual([]);
  });

  test('copies a request as curl', async () => {
    const { page, errors } = opened;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const first = page.locator('.curl').first();
    await first.getByRole('button', { name: 'Copy as curl' }).click();
    await expect.poll(() => first.getByRole('button').textContent()).toBe('Copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await first.locator('code').textContent());
    expect(copied).toMatch(/^curl -i -X GET /);
    expect(errors).toEqual([]);
  });

  test('says when it was made, and of which server', async () => {
    const { page } = opened;
    const head = await page.locator('header .made').textContent();
    expect(head).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect(head).toContain('https://staging.example.com');
    expect(head).toContain('ev-energy-v2.yaml');
  });

  test('is printed with all that is folded among the findings, and without what only a screen needs', async () => {
    const { page } = opened;
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('section.violations details:not([open])').count()).toBe(0);
    expect(await page.locator('button, .filters, nav').filter({ visible: true }).count()).toBe(0);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.locator('section.violations details[open]').count()).toBe(0);
    await page.emulateMedia({ media: null });
  });

  test('can be read on a phone', async () => {
    const { page, errors } = opened;
    const wide = page.viewportSize() ?? { width: 0, height: 0 };
    await page.setViewportSize({ width: 360, height: 800 });
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
    const size = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
    expect(size).toBeGreaterThanOrEqual(16);
    expect(errors).toEqual([]);
    await page.setViewportSize(wide);
  });

  test.each(['light', 'dark'] as const)('has enough contrast in %s', async (colorScheme) => {
    const { page } = opened;
    await page.emulateMedia({ colorScheme });
    const ratios = await page.evaluate(() => {
      const luminance = (colour: string) => {
        const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
          const value = Number(part) / 255;
          return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const paper = luminance(getComputedStyle(document.body).backgroundColor);
      return ['body', 'h1', '.outcome', 'dl.facts dt', 'a', '.chip', '.chip.met'].map((selector) => {
        const element = document.querySelector(selector);
        const ink = luminance(element ? getComputedStyle(element).color : 'rgb(0,0,0)');
        return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
      });
    });
    for (const ratio of ratios) expect(ratio).toBeGreaterThanOrEqual(4.5);
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(paper === 'rgb(255, 255, 255)').toBe(colorScheme === 'light');
  });
});

test('a report of a run that conforms says so', async () => {
  const conforming = reportOf(results.slice(0, 1));
  expect(conforming.conforms).toBe(true);
  expect(conforming.runs[0]?.exchanges).toEqual([]);
});

test('a file that cannot be written is one clear error', async () => {
  const path = join(file('report.json'), 'inside', 'report.json');
  await expect(writeReports(results, [{ kind: 'json', path }])).rejects.toThrow(
    /The json report can't be written/,
  );
});

test('allowed drift that many answers show is one note in every report', async () => {
  const noted = await checkChanged(
    items((make) => Object.assign(make, { country: 'GB' }), to('/evse_makes')),
  );
  expect(noted.notes.length).toBeGreaterThan(10);
  expect(terminalReport(noted, { colours: false, verbose: false })).toContain('; 1 note (--verbose)');
  const one = reportOf([noted]);
  expect(markdownReport(one)).toMatch(/\| conforms \| 0 \| 0 \| 1 \| 0 \|/);
  expect(htmlReport(one)).toContain('<td data-label="notes">1</td>');
  expect(htmlReport(one)).toContain('<h2>1 note of');
});
