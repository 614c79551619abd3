import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { output } from '../run.js';
import { findChromium } from '../test/chromium.js';
import { readPages } from './pages.js';
import { SITE, serveSite } from './site-server.js';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' };
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' };

/** Addresses of the pages, as the site has them. */
const addresses = readPages()
  .filter(({ name }) => name.startsWith('docs/'))
  .map(({ name }) => name.replace(/^docs/, '').replace(/(index)?\.md$/, ''));

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;

beforeAll(async () => {
  await output('npm', ['run', '--silent', 'docs'], { cwd: ROOT, timeout: 900_000 });
  site = await serveSite();
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
}, 1_000_000);

afterAll(async () => {
  await browser?.close();
  site?.close();
});

const origin = () => site.origin;

/** A page of the site, and what goes wrong on it: errors, what isn't there, requests that leave the site. */
async function open(
  address: string,
  options: BrowserContextOptions,
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  // What the browser asks for by itself, such as an icon, fails there alone.
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin()) && !request.url().startsWith('data:'))
      faults.push(`asks ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(origin() + address, { waitUntil: 'networkidle' });
  return { page, faults };
}

describe('the site', { timeout: 60_000 }, () => {
  it.each(addresses)(
    'shows %s on a desktop and on a phone, and asks nobody else for anything',
    async (address) => {
      for (const options of [DESKTOP, PHONE]) {
        const { page, faults } = await open(address, options);
        expect(faults).toEqual([]);
        expect(await page.locator('h1').count()).toBe(1);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(overflow).toBeLessThanOrEqual(0);
        await page.context().close();
      }
    },
  );

  it('is dark where the reader prefers that', async () => {
    const { page } = await open('/guide/start', PHONE);
    expect(await page.locator('html').getAttribute('class')).toContain('dark');
    await page.context().close();
  });

  it.each([
    ['QuotaReserveError', /quota|errors/i],
    ['webhook', /^#?\s*Webhooks/],
    ['rate limit', /quota/i],
    ['pagination', /^#?\s*Pages and backfill/],
    ['api key', /^#?\s*Authenticate/],
    ['proxy', /^#?\s*Corporate proxy/],
  ])('finds first what is about %s', async (words, expected) => {
    const { page } = await open('/', DESKTOP);
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Search').fill(words);
    const first = page.locator('.result').first();
    await first.waitFor();
    await expect.poll(() => first.innerText()).toMatch(expected);
    await page.context().close();
  });

  it('shows the examples that its pages link to, and tells search engines what each page is about', async () => {
    const descriptions = new Set<string | null>();
    for (const address of addresses) {
      const html = await (await fetch(origin() + address)).text();
      descriptions.add(/<meta name="description" content="([^"]*)"/.exec(html)?.[1] ?? null);
      for (const [, link] of html.matchAll(/href="(\/examples\/[^"]*)"/g))
        expect([link, (await fetch(`${origin()}${link}`)).status]).toEqual([link, 200]);
    }
    expect(descriptions.size).toBe(addresses.length);
  });

  it('leads to a reference that is ordered by entry point, and has every resource', async () => {
    const { page, faults } = await open('/reference/index.html', DESKTOP);
    for (const name of [
      '',
      '/contract',
      '/export',
      '/node',
      '/redis',
      '/schema',
      '/testing',
      '/undici',
      '/validators',
      '/webhooks',
    ])
      expect(
        await page.getByRole('link', { name: `ev-energy-client${name}`, exact: true }).count(),
      ).toBeGreaterThan(0);
    await page.goto(`${origin()}/reference/modules/ev-energy-client.html`);
    // The text of a heading: its accessible name has the link to it too.
    expect(await page.locator('h2').allInnerTexts()).toEqual(
      expect.arrayContaining(['Client', 'Resources', 'Pages', 'Errors']),
    );
    await page.goto(`${origin()}/reference/interfaces/ev-energy-client.EvsesStatusLogsResource.html`);
    expect(await page.locator('.tsd-comment').first().innerText()).toContain('ev.evses.statusLogs');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('breaks no name within a word on a phone where it lists what there is', async () => {
    const { page } = await open('/reference/modules/ev-energy-client.html', PHONE);
    expect(await page.locator('.tsd-member-summary-name a').count()).toBeGreaterThan(200);
    expect(await page.evaluate(BROKEN)).toEqual([]);
    await page.context().close();
  });

  it('breaks no option on a phone', async () => {
    const { page } = await open('/guide/command-line', PHONE);
    const options = page.locator('.vp-doc :not(pre) > code', { hasText: /^--?[\w-]+$/ });
    expect(await options.count()).toBeGreaterThan(10);
    const lines = await options.evaluateAll((all) => all.map((one) => one.getClientRects().length));
    expect(new Set(lines)).toEqual(new Set([1]));
    await page.context().close();
  });

  it.each(['modules', 'classes', 'interfaces', 'functions', 'types', 'variables'])(
    'shows the %s of the reference on a phone, those with the longest names too',
    async (kind) => {
      const { page, faults } = await open('/reference/index.html', PHONE);
      for (const file of longestNames(kind)) {
        await page.goto(`${origin()}/reference/${kind}/${file}`);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(overflow, file).toBeLessThanOrEqual(0);
      }
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );
});

/** How often a browser has broken a line within a word of the names on a page, in place of between two. */
const BROKEN = `[...document.querySelectorAll('.tsd-member-summary-name a')].filter((link) => {
  const texts = [...link.childNodes].filter((node) => node.nodeType === 3);
  return texts.some((text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    return range.getClientRects().length > 1;
  });
}).map((link) => link.textContent)`;

/** The ten pages of the reference with the longest names, of one kind. */
function longestNames(kind: string): string[] {
  const files = readdirSync(join(SITE, 'reference', kind)).sort((a, b) => b.length - a.length);
  return files.slice(0, 10);
}
