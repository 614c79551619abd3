import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answering, type Fake, startFake, unavailable } from '../../src/testing/index.js';
import { output } from '../run.js';
import { findChromium } from '../test/chromium.js';
import { EVSE } from '../test/fake.js';
import { complaints, RESOLUTIONS } from './compile.js';
import { makeNames } from './makes.js';
import { project, tool } from './project.js';

const MAKE = 'emak01HN2NJQRGDQP0GBE1F7R6PB3D';
const MOVED = 'emak00000000000000000000000001';

const REACT = ['react', 'react-dom', '@types/react', '@types/react-dom'];
const LIBRARIES = ['@tanstack/react-query', 'openapi-react-query', 'swr', 'swr-openapi'];

let folder: string;
let site: Server;
let browser: Browser;
let fake: Fake;

beforeAll(async () => {
  const consumer = (name: string) => readFile(join(import.meta.dirname, 'consumers', name), 'utf8');
  const files = {
    'index.html':
      '<!doctype html><ul></ul><p></p><pre></pre><script type="module" src="/browser.js"></script>',
    'browser.js': await consumer('browser.js'),
    'react.html': '<!doctype html><body><script type="module" src="/react.tsx"></script>',
    'react.tsx': await consumer('react.tsx'),
    'vite.config.js': "export default { build: { rollupOptions: { input: ['index.html', 'react.html'] } } };",
  };
  folder = await project(files, [...REACT, ...LIBRARIES]);
  const vite = tool('vite', 'bin/vite.js');
  await output(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: folder });
  site = await serve(join(folder, 'dist'));
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  site?.close();
});

beforeEach(async () => {
  fake = await startFake({ cors: true });
  return () => fake.close();
});

/** A page of the site, and what it reports on its console. */
async function open(name: string): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => faults.push(message.text()));
  const { port } = site.address() as AddressInfo;
  const search = new URLSearchParams({
    api: fake.url,
    token: fake.token,
    make: MAKE,
    moved: MOVED,
    evse: EVSE,
  });
  await page.goto(`http://127.0.0.1:${port}/${name}?${search}`);
  return { page, faults };
}

describe('a Vite bundle of the installed package, in Chromium', () => {
  it('lists makes over all pages, and tells a missing one', async () => {
    const { page, faults } = await open('index.html');
    await page.locator('pre', { hasText: /./ }).waitFor();
    expect(await page.locator('li').allTextContents()).toEqual(await makeNames(fake.url));
    expect(await page.locator('p').textContent()).toBe('not found');
    // Chromium itself reports each 404: the program's, and the icon's.
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  });

  it('says that a redirect cannot be read in a browser, and what to do', async () => {
    const moved = answering({ status: 301, headers: { Location: 'https://elsewhere.example.com' } });
    fake.faults.next(moved, { request: ({ url }) => url.pathname.endsWith(MOVED) });
    const { page } = await open('index.html');
    await page.locator('pre', { hasText: /./ }).waitFor();
    const [inBody, declared, undeclared] = JSON.parse((await page.locator('pre').textContent()) ?? '');
    expect(new URL(inBody.url).searchParams.get('user_id')).toBe('user01HN2NJ9NMRZBXT1H6FT9N7735');
    expect(declared).toMatchObject({ name: 'ApiError', status: 0 });
    expect(declared.message).toBe(
      'get-evse_onboarding answered with a redirect, and a browser hides where it leads. Set the parameter that puts the answer into the body, if there is one, or call it outside a browser',
    );
    expect(undeclared).toMatchObject({ name: 'ApiError', status: 0 });
    expect(undeclared.message).toBe(
      "get-evse_makes-evse_make_id answered with a redirect, and a browser hides where it leads. Redirects aren't followed, so that the token stays where it belongs; check baseUrl",
    );
  });
});

describe('openapi-react-query and swr-openapi over `ev.api`, in Chromium', () => {
  it('compile without a cast, and refuse what the document or they themselves do not have', async () => {
    const options = { ...RESOLUTIONS.bundler, lib: ['ES2022', 'DOM', 'DOM.Iterable'], jsx: 'react-jsx' };
    // Some of these libraries' own declarations fail the strictest options.
    const found = await complaints(folder, 'typescript-7', 'react.tsx', { ...options, skipLibCheck: true });
    expect(found).toBe('');
  });

  it('list, turn pages and change with the token and the retries of the client, and tell of errors', async () => {
    const names = (await makeNames(fake.url)).slice(0, 10).join();
    let refused = 0;
    fake.faults.plan(({ method, url }) => {
      if (url.pathname.endsWith('503')) return unavailable({ body: '' });
      const first = method === 'GET' && url.pathname.endsWith('/evse_makes') && refused++ === 0;
      return first ? unavailable({ body: '' }) : undefined;
    });
    const { page } = await open('react.html');
    const text = async (title: string) => {
      const line = page.getByTitle(title, { exact: true });
      await line.filter({ hasText: /./ }).waitFor();
      return (await line.textContent()) ?? '';
    };

    expect(await text('query: make')).not.toBe('');
    expect(await text('query: misspelt')).toMatch(/^ConfigurationError: tiemout: .*timeout/);
    for (const library of ['query', 'swr']) {
      expect(await text(`${library}: makes`)).toBe(names);
      expect(await text(`${library}: error`)).toMatch(/^503 \S/);

      const logs = (await text(`${library}: logs`)).split(',');
      await page.getByText(`${library}: more logs`).click();
      await expect.poll(async () => (await text(`${library}: logs`)).split(',').length).toBe(2 * logs.length);
      const both = (await text(`${library}: logs`)).split(',');
      expect(both).toEqual([...new Set(both)].sort().reverse());

      await page.getByText(`${library}: move`).click();
      await expect.poll(() => text(`${library}: latitude`)).toBe('51.5');
    }

    const failed = fake.requests.filter(({ status }) => status === 503).map(({ path }) => path);
    expect(failed.filter((path) => path.includes('/evse_makes?'))).toHaveLength(1);
    // Each library once, plus the client's one retry.
    expect(failed.filter((path) => path.endsWith('503'))).toHaveLength(4);
    expect(fake.requests.filter(({ method }) => method === 'PATCH').map(({ status }) => status)).toEqual([
      200, 200,
    ]);
  });
});

/** Serves the files of a folder on a free port. */
async function serve(root: string): Promise<Server> {
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    readFile(join(root, pathname)).then(
      (body) =>
        response.writeHead(200, { 'Content-Type': types[extname(pathname)] ?? 'text/plain' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}
