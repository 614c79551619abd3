import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answering, type Fake, startFake } from '../../src/testing/index.js';
import { output } from '../run.js';
import { findChromium } from '../test/chromium.js';
import { makeNames } from './makes.js';
import { project, tool } from './project.js';

const MAKE = 'emak01HN2NJQRGDQP0GBE1F7R6PB3D';
const MOVED = 'emak00000000000000000000000001';

describe('a Vite bundle of the installed package, in Chromium', () => {
  let fake: Fake;
  let site: Server;
  let browser: Browser;

  beforeAll(async () => {
    const folder = await project({
      'index.html':
        '<!doctype html><ul></ul><p></p><pre></pre><script type="module" src="/main.js"></script>',
      'main.js': await readFile(join(import.meta.dirname, 'consumers/browser.js'), 'utf8'),
    });
    const vite = tool('vite', 'bin/vite.js');
    await output(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: folder });
    fake = await startFake({ cors: true });
    site = await serve(join(folder, 'dist'));
    browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
    site?.close();
    await fake?.close();
  });

  /** The page, once it has done its work, and what it reported on its console. */
  async function open() {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => faults.push(message.text()));
    const { port } = site.address() as AddressInfo;
    const search = new URLSearchParams({ api: fake.url, token: fake.token, make: MAKE, moved: MOVED });
    await page.goto(`http://127.0.0.1:${port}/?${search}`);
    await page.locator('pre', { hasText: /./ }).waitFor();
    return { page, faults };
  }

  it('lists makes over all pages, and tells a missing one', async () => {
    const { page, faults } = await open();
    expect(await page.locator('li').allTextContents()).toEqual(await makeNames(fake.url));
    expect(await page.locator('p').textContent()).toBe('not found');
    // Chromium itself reports each 404: that of the program, and that of the icon.
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  });

  it('says that a redirect cannot be read in a browser, and what to do', async () => {
    const moved = answering({ status: 301, headers: { Location: 'https://elsewhere.example.com' } });
    fake.faults.next(moved, { request: ({ url }) => url.pathname.endsWith(MOVED) });
    const { page } = await open();
    const [inBody, declared, undeclared] = JSON.parse((await page.locator('pre').textContent()) ?? '');
    expect(new URL(inBody.url).searchParams.get('user_id')).toBe('user01HN2NJ9NMRZBXT1H6FT9N7735');
    expect(declared).toMatchObject({ name: 'ApiError', status: 0 });
    expect(declared.message).toBe(
      'get-evse_onboarding answered with a redirect, and a browser hides where it leads. Set the parameter that has the answer sent in the body, where there is one, or call it outside of a browser',
    );
    expect(undeclared).toMatchObject({ name: 'ApiError', status: 0 });
    expect(undeclared.message).toBe(
      "get-evse_makes-evse_make_id answered with a redirect, and a browser hides where it leads. Redirects aren't followed, so that the token stays where it belongs; check baseUrl",
    );
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
