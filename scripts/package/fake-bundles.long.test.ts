import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { chromium } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../root.js';
import { output } from '../run.js';
import { findChromium } from '../test/chromium.js';

/** One file of a program that stands in this project's folder. */
async function bundled(program: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: ROOT },
    bundle: true,
    write: false,
    logLevel: 'silent',
    ...options,
  });
  return outputFiles?.[0]?.text ?? '';
}

const COUNT = `
  const ev = new EvEnergy({ baseUrl: fake.url, clientId: fake.clientId, clientSecret: fake.clientSecret, tokenUrl: fake.tokenUrl, ...more });
  const makes = await ev.evseMakes.list().toArray();
  const evses = await ev.evses.list({ expand: ['model'] }).toArray();
  const missing = await ev.evses.retrieve('evse00000000000000000000000000').catch((error) => error.status);`;

const COUNTED = '61 makes, 36 evses, 404';

/** A site of these files, for one test. */
async function site(files: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const type = /\.js$/.test(pathname)
      ? 'text/javascript'
      : /json$/.test(pathname)
        ? 'application/json'
        : 'text/html';
    const text = files[pathname];
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': type }).end(text ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function shownIn(url: string): Promise<string> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
    await page.goto(url);
    await page
      .locator('pre', { hasText: /./ })
      .waitFor({ timeout: 60_000 })
      .catch((error) => {
        throw new Error(`${faults.join('\n')}\n${error.message}`);
      });
    expect(faults).toEqual([]);
    return (await page.locator('pre').textContent()) ?? '';
  } finally {
    await browser.close();
  }
}

/** The document as a site of one's own has it. */
async function documentText(): Promise<string> {
  return JSON.stringify(JSON.parse(await readFile(join(ROOT, 'generated/document.json'), 'utf8')).document);
}

describe('a program that esbuild makes of the fake', { timeout: 120_000 }, () => {
  it.each(['cjs', 'esm'] as const)(
    'runs on Node as %s, and finds the document of the package',
    async (format) => {
      const program = `
      import { EvEnergy } from './src/index.ts';
      import { createFake } from './src/testing/index.ts';
      async function main() {
        const fake = await createFake();
        const more = { fetch: fake.fetch };
        ${COUNT}
        console.log(\`\${makes.length} makes, \${evses.length} evses, \${missing}\`);
      }
      main();`;
      const folder = await mkdtemp(join(tmpdir(), 'ev-energy-bundle-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      // Where the program runs, the package is installed.
      await mkdir(join(folder, 'node_modules'));
      await symlink(ROOT, join(folder, 'node_modules/ev-energy-client'));
      const file = join(folder, format === 'cjs' ? 'program.cjs' : 'program.mjs');
      const options: BuildOptions = { format, platform: 'node' };
      // What the dependencies require, in a module: as esbuild's own documentation has it.
      if (format === 'esm')
        options.banner = {
          js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
        };
      await writeFile(file, await bundled(program, options));
      expect(await output(process.execPath, [file], { cwd: tmpdir() })).toBe(`${COUNTED}\n`);
    },
  );

  it('answers in a page what MSW takes off the network', async () => {
    const program = `
      import { http } from 'msw';
      import { setupWorker } from 'msw/browser';
      import { EvEnergy } from './src/index.ts';
      import { createFake } from './src/testing/index.ts';
      const fake = await createFake({ document: await (await fetch('/openapi.json')).json() });
      await setupWorker(http.all(\`\${new URL(fake.url).origin}/*\`, ({ request }) => fake.fetch(request))).start({ quiet: true });
      const more = {};
      ${COUNT}
      document.querySelector('pre').textContent = \`\${makes.length} makes, \${evses.length} evses, \${missing}\`;`;
    const url = await site({
      '/': '<!doctype html><pre></pre><script type="module" src="/program.js"></script>',
      '/program.js': await bundled(program, { format: 'esm', platform: 'browser' }),
      '/mockServiceWorker.js': await readFile(
        join(ROOT, 'node_modules/msw/lib/mockServiceWorker.js'),
        'utf8',
      ),
      '/openapi.json': await documentText(),
    });
    expect(await shownIn(url)).toBe(COUNTED);
  });

  it('runs in a service worker, which answers the pages', async () => {
    const worker = `
      import { createFake } from './src/testing/index.ts';
      const made = fetch('/openapi.json').then((response) => response.json()).then((document) => createFake({ document }));
      self.addEventListener('install', (event) => event.waitUntil(made.then(() => self.skipWaiting())));
      self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
      self.addEventListener('fetch', (event) => {
        if (new URL(event.request.url).hostname === 'fake.invalid')
          event.respondWith(made.then((fake) => fake.fetch(event.request)));
      });
      self.addEventListener('message', async (event) => {
        const { url, clientId, clientSecret, tokenUrl } = await made;
        event.source.postMessage({ url, clientId, clientSecret, tokenUrl });
      });`;
    const program = `
      import { EvEnergy } from './src/index.ts';
      const controlled = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
      const told = new Promise((resolve) => { navigator.serviceWorker.onmessage = (event) => resolve(event.data); });
      await navigator.serviceWorker.register('/worker.js');
      await controlled;
      navigator.serviceWorker.controller.postMessage('where?');
      const fake = await told;
      const more = {};
      ${COUNT}
      document.querySelector('pre').textContent = \`\${makes.length} makes, \${evses.length} evses, \${missing}\`;`;
    const url = await site({
      '/': '<!doctype html><pre></pre><script type="module" src="/program.js"></script>',
      '/program.js': await bundled(program, { format: 'esm', platform: 'browser' }),
      '/worker.js': await bundled(worker, { format: 'iife', platform: 'browser' }),
      '/openapi.json': await documentText(),
    });
    expect(await shownIn(url)).toBe(COUNTED);
  });
});
