import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fake, startFake } from '../../src/testing/index.js';
import { findChromium } from '../test/chromium.js';
import { makeNames } from './makes.js';
import { INSTALL_TIME, project } from './project.js';
import { output } from './run.js';
import { tool } from './tools.js';

const executablePath = findChromium();

describe.skipIf(!executablePath)('a Vite bundle of the installed package, in Chromium', () => {
  let fake: Fake;
  let site: Server;
  let browser: Browser;

  beforeAll(async () => {
    const folder = await project({
      'index.html': '<!doctype html><ul></ul><p></p><script type="module" src="/main.js"></script>',
      'main.js': await readFile(join(import.meta.dirname, 'consumers/browser.js'), 'utf8'),
    });
    const vite = await tool('vite', 'bin/vite.js');
    await output(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: folder });
    fake = await startFake({ cors: true });
    site = await serve(join(folder, 'dist'));
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  }, INSTALL_TIME);

  afterAll(async () => {
    await browser?.close();
    site?.close();
    await fake?.close();
  });

  it('lists makes over all pages, and tells a missing one', async () => {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => faults.push(message.text()));
    const { port } = site.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/?${new URLSearchParams({ api: fake.url, token: fake.token })}`);
    await page.locator('p', { hasText: /./ }).waitFor();

    expect(await page.locator('li').allTextContents()).toEqual(await makeNames(fake.url));
    expect(await page.locator('p').textContent()).toBe('not found');
    // Chromium itself reports each 404: that of the program, and that of the icon.
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  });
});

/** Serves the files of a folder on a free port. */
async function serve(folder: string): Promise<Server> {
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
  const server = createServer(({ url = '/' }, response) => {
    const name = url.startsWith('/?') ? 'index.html' : url;
    readFile(join(folder, name)).then(
      (body) => response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'text/plain' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}
