import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Budget } from '../src/contract/exchange/budget.js';
import { writeReports } from '../src/contract/report/write.js';
import { checkChanged, contract, errors, having, header } from './kit.js';
import { launch, type Opened, openReport } from './report-page.js';

const WIDTHS = [390, 1280, 1920];

/** As many as make a long table. */
const many = contract.operations.slice(0, 20);

let folder: string;
let browser: Browser;
const file = () => join(folder, 'report.html');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-matrix-'));
  const problem = errors((error) => Object.assign(error.body as object, { status: 599 }));
  const version = header('EvEnergy-Version', '3', having('page_size'));
  const result = await checkChanged(
    {
      tamper(response, context) {
        problem.tamper?.(response, context);
        version.tamper?.(response, context);
      },
    },
    { operations: many },
  );
  await writeReports([result], [{ kind: 'html', path: file() }]);
  browser = await launch();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

/** How many of the cells lie within what is seen of the table's box. */
async function seen({ page }: Opened, selector: string) {
  return page.locator(selector).evaluateAll((cells) => {
    const inside = cells.filter((cell) => {
      const { left, right } = cell.getBoundingClientRect();
      const box = cell.closest('.scroll')?.getBoundingClientRect();
      const label = cell.closest('tr')?.querySelector('th')?.getBoundingClientRect();
      return box && label && left >= label.right && right <= Math.min(box.right, innerWidth);
    });
    return { all: cells.length, inside: inside.length };
  });
}

describe.each(WIDTHS)('at %i px', (width) => {
  test('what is broken is seen without scrolling sideways', async () => {
    const opened = await openReport(browser, file(), { width });
    const broken = await seen(opened, 'table.matrix .is-broken');
    expect(broken.all).toBeGreaterThan(20);
    expect(broken.inside).toBe(broken.all);
    expect(opened.errors).toEqual([]);
    await opened.page.close();
  });

  test('it shows that there is more aside, where there is', async () => {
    const { page } = await openReport(browser, file(), { width });
    const box = page.locator('.scroll', { has: page.locator('table.matrix') });
    const more = await box.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
    if (width < 1920) expect(more).toBe(true);
    expect(await page.getByText('Scroll sideways').isVisible()).toBe(more);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.close();
  });
});

test('the table is scrolled by keyboard, and has a name', async () => {
  const { page } = await openReport(browser, file(), { width: 390 });
  const box = page.getByRole('region', { name: 'Operations and rules' });
  await box.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => box.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  await page.close();
});

test('columns are in the order of their weight, and those with nothing to say stand below', async () => {
  const { page } = await openReport(browser, file());
  const columns = await page.locator('table.matrix thead th a').allTextContents();
  expect(columns).toEqual(expect.arrayContaining(['problem-status', 'version-echoed']));
  const weights = ['broken', 'accepted', 'noted', 'not-covered', 'kept'];
  const heaviest = await page.locator('table.matrix').evaluate(
    (table, states) =>
      [...table.querySelectorAll('thead th')].slice(1).map((_, index) => {
        const column = [...table.querySelectorAll(`tbody td:nth-child(${index + 2}) > *`)];
        return states.findIndex((state) => column.some((cell) => cell.classList.contains(`is-${state}`)));
      }),
    weights,
  );
  expect(heaviest).toEqual([...heaviest].sort((a, b) => a - b));
  expect(heaviest).not.toContain(-1);
  const silent = page.locator('#matrix details');
  await silent.locator('summary').click();
  const named = await silent.locator('a').allTextContents();
  expect(named).toContain('limit-enforced');
  expect(columns).not.toContain('limit-enforced');
  expect(named.length + columns.length).toBe(await page.locator('#rules dt').count());
  await page.close();
});

test('one run needs no column for its target', async () => {
  const { page } = await openReport(browser, file());
  expect(await page.locator('table.matrix .target').count()).toBe(0);
  expect(await page.locator('table.matrix tbody tr').count()).toBeGreaterThan(15);
  await page.close();
});

test('operations stand in lines of their own; many are folded', async () => {
  const { page } = await openReport(browser, file());
  const article = page.locator('article', { hasText: 'problem-status' }).first();
  const lines = article.locator('ul.lines li');
  expect(await lines.filter({ visible: true }).count()).toBe(3);
  const tops = await lines
    .filter({ visible: true })
    .evaluateAll((items) => items.map((item) => item.getBoundingClientRect().top));
  expect(new Set(tops).size).toBe(3);
  await article.getByText(/^and \d+ others$/).click();
  expect(await lines.filter({ visible: true }).count()).toBeGreaterThan(10);
  await page.close();
});

test('what is not covered is grouped by its reason', async () => {
  const few = await checkChanged({}, { operations: many, budget: new Budget(12) });
  const path = join(folder, 'short.html');
  await writeReports([few], [{ kind: 'html', path }]);
  const uncovered = few.verdicts.filter(({ state }) => state === 'not-covered');
  const reasons = new Set(uncovered.map(({ reason }) => reason));
  expect(uncovered.length).toBeGreaterThan(20 * reasons.size);
  const { page } = await openReport(browser, path, { width: 390 });
  expect(await page.getByText(`${uncovered.length} checks not covered`).isVisible()).toBe(true);
  expect(await page.locator('dl.uncovered dt').count()).toBe(reasons.size);
  expect(await page.locator('dl.uncovered').textContent()).toMatch(/the budget of 12 requests is spent/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.close();
});
