import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../scripts/test/chromium.js';

export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
}

export interface Opened {
  page: Page;
  /** What went wrong: exceptions, and what the page's own policy kept from it. */
  errors: string[];
  /** What it would load. */
  loaded: string[];
}

/** Opens a report as people do. */
export async function openReport(
  browser: Browser,
  file: string,
  { width = 1280 }: { width?: number } = {},
): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const errors: string[] = [];
  const loaded: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => errors.push(message.text()));
  page.on('request', (request) => loaded.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, errors, loaded };
}
